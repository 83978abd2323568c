/** `runs`: saved runs, newest first, or those that a query finds, in an order, with columns as in the window's table. */
import type { Command } from 'commander';
import { z } from 'zod';
import { sortRuns, type RunField } from '../../catalog';
import { CodedError, type RunSummary, type SavedRunView } from '../../contract';
import type { CommandDefinition } from '../command-definition';
import { findProject } from '../references';
import { bestText } from '../run-report';
import { fieldNamed, readRunRows, whereRuns, type RunRows } from '../run-rows';
import type { Session } from '../session';
import { formatMetric, formatTable, formatTime, type Cell } from '../table';
import { baselineFigure, mainFigure } from '../test-figures';

const optionsSchema = z.object({
  project: z.string().optional(),
  where: z.string().optional(),
  sort: z.string().optional(),
  ascending: z.boolean().optional(),
  columns: z.string().optional(),
  view: z.string().optional(),
  saveView: z.string().optional(),
  archived: z.boolean().optional(),
  deleted: z.boolean().optional(),
});
type Options = z.infer<typeof optionsSchema>;

export const command: CommandDefinition = {
  order: 5,
  usage: 'runs',
  description: 'List the saved runs, newest first, or those that a query finds.',
  options: (command: Command) =>
    command
      .option('--project <project>', 'only those of one project (id or name)')
      .option('--where <query>', "such as 'lr < 0.01 and val_acc > 0.9', 'tag = baseline', 'created > 7d'")
      .option('--sort <field>', 'by any setting, metric or fact, the largest first')
      .option('--ascending', 'the smallest first')
      .option('--columns <fields>', 'these instead, with commas between them')
      .option('--view <name>', 'as a saved view of the table says')
      .option('--save-view <name>', 'keep query, order and columns under a name')
      .option('--archived', 'the archived ones too')
      .option('--deleted', 'the deleted ones, which `restore` brings back'),
  async run(session, _, raw) {
    const options = optionsSchema.parse(raw);
    const projectId = options.project === undefined ? null : (await findProject(session, options.project)).id;
    const shelf = options.deleted ? 'deleted' : options.archived ? 'archived' : 'current';
    const rows = await readRunRows(session, { projectId, shelf });
    const view = await viewOf(session, rows, options);
    const found = whereRuns(rows, view.query);
    const field = fieldNamed(rows, view.sort.field, '--sort');
    const sorted = sortRuns(found, { field, descending: view.sort.descending }, rows.context);
    if (options.saveView !== undefined) await session.services.runs.saveView({ name: options.saveView, view });
    const own = options.columns !== undefined || options.view !== undefined;
    const text = own ? ownTable(rows, sorted, view.columns) : plainTable(sorted);
    session.output.result({ runs: session.output.json ? await wholeRuns(session, sorted) : [] }, text);
  },
};

const startColumns = ['state', 'best', 'last', 'test', 'epoch', 'created'];

/** A saved view, with what was asked in the place of what it says. @throws CodedError `not-found` */
async function viewOf({ services }: Session, rows: RunRows, options: Options): Promise<SavedRunView['view']> {
  const saved = (await services.runs.views()).find(({ name }) => name === options.view)?.view;
  if (options.view !== undefined && !saved) throw new CodedError('not-found', { what: 'view', id: options.view });
  const { sort = null, query = '', columns = startColumns, group = null } = saved ?? {};
  const asked = options.sort === undefined ? sort?.field : fieldNamed(rows, options.sort, '--sort').key;
  const descending = options.ascending ? false : options.sort === undefined ? (sort?.descending ?? true) : true;
  const listed = options.columns?.split(',').map((name) => fieldNamed(rows, name.trim(), '--columns').key);
  return {
    query: options.where ?? query,
    sort: { field: asked ?? 'created', descending },
    columns: listed ?? columns,
    group,
  };
}

function ownTable(rows: RunRows, runs: readonly RunSummary[], columns: readonly string[]): string {
  const fields = columns.flatMap((key) => (key === 'name' ? [] : (rows.names.find(key) ?? [])));
  const head = ['name', ...fields.flatMap(({ key, epoch }) => (epoch ? [key, 'in epoch'] : [key]))];
  return formatTable(
    head,
    runs.map((run) => [run.name, ...fields.flatMap((field) => cellsOf(rows, run, field))]),
  );
}

function cellsOf({ context }: RunRows, run: RunSummary, { kind, read, epoch }: RunField): Cell[] {
  const value = read(run, context);
  const cell = (): Cell => {
    if (value === null || (Array.isArray(value) && value.length === 0)) return null;
    if (kind === 'time') return formatTime(Number(value));
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    return typeof value === 'number' ? value : [value].flat().join(', ').split('\n', 1).join('');
  };
  return epoch ? [cell(), epoch(run)] : [cell()];
}

function plainTable(runs: readonly RunSummary[]): string {
  return formatTable(
    ['name', 'id', 'dataset', 'state', 'epochs', 'best', 'last loss', 'test', 'baseline', 'started', 'tags'],
    runs.map((run) => [
      `${run.starred ? '★ ' : ''}${run.name}`,
      run.id,
      run.datasetName,
      run.archived ? `${run.state}, archived` : run.state,
      run.epochsDone,
      bestText(run.best),
      formatMetric(run.last?.['loss']),
      ...testCells(run.test),
      formatTime(run.createdAt),
      run.tags.join(', '),
    ]),
  );
}

/** The main score of the saved model on the test rows, and what a constant answer gets there. */
function testCells(test: RunSummary['test']): [string, string] {
  const name = mainFigure(test);
  if (name === null) return ['–', '–'];
  return [`${name} ${formatMetric(test?.[name])}`, formatMetric(baselineFigure(test, name))];
}

/** With all that they were set up with, and their marks. */
async function wholeRuns({ services }: Session, summaries: readonly RunSummary[]): Promise<object[]> {
  return Promise.all(
    summaries.map(async ({ id, tags, starred, archived, bests }) => {
      return { ...(await services.runs.get({ id })), tags, starred, archived, bests };
    }),
  );
}
