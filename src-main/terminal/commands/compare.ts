/** `compare`: what differs between runs in data, network and settings, and how they did. */
import { z } from 'zod';
import { augmentations, branchPlaces, defaultsOf, seedGroups } from '../../catalog';
import { CodedError, mostTestedTogether, type FieldValues, type Run, type TestComparison } from '../../contract';
import { metricLabel, metricNames } from '../follow';
import { findRun } from '../references';
import { bestText } from '../run-report';
import { formatMetric, formatTable } from '../table';
import { baselineFigure, mainFigure, testFigures } from '../test-figures';
import type { Session } from '../session';
import { seedText, verdictText } from '../verdict-text';
import { many, type CommandDefinition } from '../command-definition';

const optionsSchema = z.object({ score: z.string().optional() });

export const command: CommandDefinition = {
  order: 7,
  usage: 'compare <runs...>',
  description:
    'Compare runs: differences of configuration, best and last values, and whether the others are better than the first on the same test rows or were lucky.',
  options: (command) =>
    command.option('--score <score>', 'the score of the test rows that decides, such as accuracy, log-loss, roc-auc'),
  async run(session, parameters, raw) {
    const { score } = optionsSchema.parse(raw);
    const runs = many(parameters).map((text) => findRun(session, text));
    const tested = await testedTogether(session, runs, score ?? null);
    const differences = differencesOf(runs);
    const names = [...new Set(runs.flatMap((run) => metricNames(run.last ?? {})))];
    const tests = [...new Set(runs.flatMap((run) => testFigures(run.test)))];
    const figures = [
      ['best', ...runs.map((run) => bestText(run.best))],
      ...names.map((name) => [`last ${metricLabel(name)}`, ...runs.map((run) => formatMetric(run.last?.[name]))]),
      ...tests.flatMap((name) => testLines(runs, name)),
      ['epochs', ...runs.map((run) => run.epochsDone)],
      ['parameters', ...runs.map((run) => run.parameterCount)],
    ];
    const header = runs.map((run) => run.name);
    session.output.result(
      {
        runs: runs.map(({ id, name, state, epochsDone, best, last, test, parameterCount }) => {
          return { id, name, state, epochsDone, best, last, test, parameterCount };
        }),
        differences: differences.map(({ path, values }) => ({ path, values })),
        tests: tested,
      },
      [
        differences.length === 0
          ? 'The runs have the same data, network and settings.'
          : formatTable(
              ['difference', ...header],
              differences.map(({ path, values }) => [
                path,
                ...values.map((value) => (value === null ? null : String(value))),
              ]),
            ),
        '',
        formatTable(['figure', ...header], figures),
        ...endOf(runs, tested),
      ].join('\n'),
    );
  },
};

/** Null for a single run. @throws CodedError `argument-invalid` for a score that the test rows don't have */
async function testedTogether({ services }: Session, runs: readonly Run[], score: string | null) {
  const runIds = [...new Set(runs.map(({ id }) => id))].slice(0, mostTestedTogether);
  if (runIds.length < 2) return null;
  const tested = await services.comparisons.test({ runIds, score });
  if (score === null || tested.score === null || tested.score === score) return tested;
  throw new CodedError('argument-invalid', { name: '--score', detail: `one of ${tested.scores.join(', ')}` });
}

function endOf(runs: readonly Run[], tested: TestComparison | null): string[] {
  const names = new Map(runs.map(({ id, name }) => [id, name]));
  const verdict = tested ? verdictText(tested, names) : [];
  const over = runs.length - mostTestedTogether;
  const rest =
    over > 0 ? [`Only the first ${mostTestedTogether} runs are held against each other; ${over} are not.`] : [];
  const figure = tested?.score ?? mainFigure(runs[0]?.test ?? null);
  const seeds = figure === null ? [] : seedText(seedGroups(runs), figure);
  return [[...verdict, ...rest], seeds].flatMap((lines) => (lines.length > 0 ? ['', ...lines] : []));
}

/** A figure of the saved models, and under it what a constant answer gets, where there is one. */
function testLines(runs: readonly Run[], name: string): string[][] {
  const own = [`test ${name} (saved model)`, ...runs.map(({ test }) => formatMetric(test?.[name]))];
  const constant = runs.map(({ test }) => baselineFigure(test, name));
  return constant.every((value) => value === undefined)
    ? [own]
    : [own, ['  its baseline', ...constant.map(formatMetric)]];
}

interface Difference {
  readonly path: string;
  /** One per run, null where it has no such part. */
  readonly values: readonly (string | number | null)[];
}

/** The parts of the configuration in which the runs are not all the same, by path. */
function differencesOf(runs: readonly Pick<Run, 'data' | 'network' | 'settings' | 'parent'>[]): Difference[] {
  const flat = runs.map(({ data, network, settings, parent }) => {
    // A layer's id names it to the app; its place names it to people.
    const layers = network.layers.map(({ type, fields }, index) => {
      const inputs = branchPlaces(network, index);
      return { type, ...fields, ...(inputs === null ? {} : { inputs }) };
    });
    // An augmentation has its kind for a name, wherever it stands, and all its values.
    const augmentation = settings.augmentation.map(({ type, fields }) => [type, augmentationValues(type, fields)]);
    return flatten({
      ...(parent && { 'begins with': originText(parent) }),
      data,
      layers: Object.fromEntries(layers.map((layer, at) => [at + 1, layer])),
      ...settings,
      augmentation: Object.fromEntries(augmentation) as object,
    });
  });
  const paths = [...new Set(flat.flatMap((values) => [...values.keys()]))];
  return paths
    .map((path) => ({ path, values: flat.map((values) => values.get(path) ?? null) }))
    .filter(({ values }) => new Set(values).size > 1);
}

function originText({ name, epoch, withOptimizer }: NonNullable<Run['parent']>): string {
  return `${name}, epoch ${epoch}, ${withOptimizer ? 'with the optimizer' : 'weights alone'}`;
}

function augmentationValues(type: string, fields: FieldValues): FieldValues {
  return augmentations.has(type) ? { ...defaultsOf(augmentations.get(type).fields), ...fields } : fields;
}

function flatten(value: object, prefix = '', into = new Map<string, string | number>()): Map<string, string | number> {
  for (const [key, part] of Object.entries(value) as [string, unknown][]) {
    if (typeof part === 'object' && part !== null) flatten(part, `${prefix}${key}.`, into);
    else into.set(prefix + key, typeof part === 'number' ? part : String(part));
  }
  return into;
}
