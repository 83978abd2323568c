/** `compare`: what differs between runs in data, network and settings, and how they did. */
import { augmentations, branchPlaces, defaultsOf } from '../../catalog';
import type { FieldValues, Run } from '../../contract';
import { metricLabel, metricNames } from '../follow';
import { findRun } from '../references';
import { bestText } from '../run-report';
import { formatMetric, formatTable } from '../table';
import { baselineFigure, testFigures } from '../test-figures';
import { many, type CommandDefinition } from '../command-definition';

export const command: CommandDefinition = {
  order: 7,
  usage: 'compare <runs...>',
  description: 'Compare runs: differences of configuration, best and last values.',
  async run(session, parameters) {
    const runs = many(parameters).map((text) => findRun(session, text));
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
      ].join('\n'),
    );
  },
};

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
function differencesOf(runs: readonly Pick<Run, 'data' | 'network' | 'settings'>[]): Difference[] {
  const flat = runs.map(({ data, network, settings }) => {
    // A layer's id names it to the app; its place names it to people.
    const layers = network.layers.map(({ type, fields }, index) => {
      const inputs = branchPlaces(network, index);
      return { type, ...fields, ...(inputs === null ? {} : { inputs }) };
    });
    // An augmentation has its kind for a name, wherever it stands, and all its values.
    const augmentation = settings.augmentation.map(({ type, fields }) => [type, augmentationValues(type, fields)]);
    return flatten({
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
