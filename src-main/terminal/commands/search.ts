/** `search`: tries values of fields of a project's network and training, and makes the best anew. */
import { z } from 'zod';
import { proposePlan } from '../../catalog';
import { CodedError, examplesIn, searchMeasures, type Search, type SearchPlan } from '../../contract';
import { start } from '../../services/searches';
import { parseKind } from '../assignments';
import { chosenRun, runOptions } from '../chosen-run';
import { collect, one, type CommandDefinition } from '../command-definition';
import { followSearch } from '../follow-search';
import { findRun } from '../references';
import { parseLimit, parseParameter } from '../search-parameters';
import { reportSearch } from '../search-report';
import type { Session } from '../session';
import { formatTable, formatTime } from '../table';

const optionsSchema = z.object({
  minutes: z.coerce.number().positive().optional(),
  trials: z.coerce.number().int().min(1).max(100_000).optional(),
  parameter: z.array(z.string()),
  sampler: z.string().optional(),
  pruner: z.string().optional(),
  metric: z.string().optional(),
  second: z.enum(searchMeasures).optional(),
  limit: z.array(z.string()),
  seeds: z.coerce.number().int().min(0).max(20).optional(),
  together: z.coerce.number().int().min(1).max(10).optional(),
  against: z.string().optional(),
  list: z.boolean().optional(),
  resume: z.string().optional(),
});
type Options = z.output<typeof optionsSchema>;

export const command: CommandDefinition = {
  order: 4.5,
  usage: 'search [dataset]',
  description:
    'Search for better values of fields of the network, training and preparation; takes the options of `train` for all else.',
  options: (command) =>
    runOptions(command)
      .option('--minutes <number>', 'how long, the making anew of the best included')
      .option('--trials <number>', 'how many trials')
      .option(
        '--parameter <name=range>',
        'a field with its range, "learningRate=1e-4..1e-1 log", or choices, "optimizer=adam,sgd"; left out, what is worth it',
        collect,
        [],
      )
      .option('--sampler <kind[:field=value,…]>', 'how values are chosen: random, grid, sobol, tpe')
      .option('--pruner <kind[:field=value,…]>', 'which trials are ended early: none, asha, median')
      .option('--metric <id>', "what is to be best on validation rows: loss, or a metric of the task's")
      .option('--second <measure>', `what is to be low too: ${searchMeasures.join(', ')}`)
      .option('--limit <measure=most>', 'what no answer may exceed, e.g. parameters=100000', collect, [])
      .option('--seeds <number>', 'train the best anew with so many seeds')
      .option('--together <number>', 'let up to so many of the best answer together')
      .option('--against <run>', 'hold the best against this run')
      .option('--list', 'list the searches of the dataset’s project, or of all')
      .option('--resume <search>', 'go on with a search (id or name), with --minutes or --trials more'),
  async run(session, parameters, raw) {
    const options = optionsSchema.parse(raw);
    const dataset = one(parameters);
    if (options.list) return listAll(session, dataset);
    const { id, name } =
      options.resume === undefined
        ? await begin(session, dataset, options, raw)
        : await resume(session, options.resume, options);
    session.output.step({ type: 'search', id, name });
    session.output.say(`Search ${name} (${id})`);
    await reportSearch(session, await followSearch(session, id));
  },
};

async function begin(session: Session, dataset: string, options: Options, raw: unknown): Promise<Search> {
  if (dataset === '') throw new CodedError('argument-invalid', { name: 'search', detail: 'needs a dataset' });
  const { projectId, ...configuration } = await chosenRun(session, dataset, raw);
  const described = await session.services.datasets.describe(configuration.data);
  const { inputShape, target, codes } = described;
  const facts = { inputShape, target, codes, counts: examplesIn(described) };
  return start(session.context, projectId, planOf(session, proposePlan(configuration, facts, null), options));
}

/** @throws CodedError `argument-invalid`, `not-found` */
function planOf(session: Session, base: SearchPlan, options: Options): SearchPlan {
  const { trials, parameter, limit, sampler, pruner, metric, second, seeds, together, against } = options;
  const minutes = options.minutes ?? null;
  return {
    ...base,
    parameters: parameter.length === 0 ? base.parameters : parameter.map((text) => parseParameter(text, base)),
    ...(sampler === undefined ? {} : { sampler: parseKind(sampler, `--sampler ${sampler}`) }),
    ...(pruner === undefined ? {} : { pruner: parseKind(pruner, `--pruner ${pruner}`) }),
    ...(metric === undefined ? {} : { metric }),
    second: second ?? null,
    limits: limit.map(parseLimit),
    budget: { minutes, trials: trials ?? (minutes === null ? base.budget.trials : null) },
    seed: base.settings.seed,
    finish: { seeds: seeds ?? base.finish.seeds, together: together ?? base.finish.together },
    ownRunId: against === undefined ? null : findRun(session, against).id,
  };
}

async function resume(session: Session, text: string, { minutes, trials }: Options): Promise<Search> {
  const searches = await searchesOf(session, '');
  const found = searches.filter(({ id, name }) => id === text || name === text);
  const [first] = found;
  if (!first) throw new CodedError('not-found', { what: 'search', id: text });
  return session.services.searches.resume({ id: first.id, minutes: minutes ?? null, trials: trials ?? null });
}

async function searchesOf({ services }: Session, dataset: string): Promise<Search[]> {
  const projects = (await services.projects.list()).filter(({ name }) => dataset === '' || name === dataset);
  const lists = await Promise.all(projects.map(({ id }) => services.searches.list({ projectId: id })));
  return lists.flat().sort((a, b) => b.createdAt - a.createdAt);
}

async function listAll(session: Session, dataset: string): Promise<void> {
  const searches = await searchesOf(session, dataset);
  const rows = searches.map(({ name, state, counts, best, plan, seconds, createdAt }) => [
    ...[name, state, Object.values(counts).reduce((sum, count) => sum + count, 0), best, plan.metric],
    ...[seconds.toFixed(0), formatTime(createdAt)],
  ]);
  const table = formatTable(['search', 'state', 'trials', 'best trial', 'metric', 'seconds', 'begun'], rows);
  session.output.result({ searches }, searches.length === 0 ? 'No searches yet.' : table);
}
