/** The runs of the library for commands that list or change many of them: found by name, or by a query as in the table of the window. */
import {
  describeQueryProblem,
  parseRunQuery,
  RunFieldNames,
  runFields,
  type QueryProblem,
  type RunContext,
  type RunField,
} from '../catalog';
import { CodedError, isOnShelf, runsOfChanges, type RunShelf, type RunSummary } from '../contract';
import { findRun } from './references';
import type { Session } from './session';

export interface RunRows {
  /** Of the project, on the shelf, newest first. */
  readonly runs: readonly RunSummary[];
  readonly names: RunFieldNames;
  readonly context: RunContext;
}

export async function readRunRows(
  { services }: Session,
  { projectId = null, shelf = 'current' }: { readonly projectId?: string | null; readonly shelf?: RunShelf } = {},
): Promise<RunRows> {
  const all: RunSummary[] = [];
  for (let since = 0, more = true; more;) {
    const part = await services.runs.changes({ since });
    all.push(...runsOfChanges(part));
    ({ revision: since, more } = part);
  }
  const runs = all
    .filter((run) => isOnShelf[shelf](run) && (projectId === null || run.projectId === projectId))
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  const projects = new Map((await services.projects.list()).map(({ id, name }) => [id, name]));
  const context = { now: Date.now(), projectName: (id: string) => projects.get(id) ?? '–' };
  return { runs, names: new RunFieldNames(runFields(runs)), context };
}

/** @throws CodedError `argument-invalid` that points at the place */
export function whereRuns({ runs, names, context }: RunRows, where: string): readonly RunSummary[] {
  const { matches, problem } = parseRunQuery(where, names);
  if (problem) throw new CodedError('argument-invalid', { name: '--where', detail: problemText(where, problem) });
  return runs.filter((run) => matches(run, context));
}

function problemText(where: string, problem: QueryProblem): string {
  const marks = `${' '.repeat(problem.from)}${'^'.repeat(Math.max(1, problem.to - problem.from))}`;
  const fits = problem.suggestions.length > 0 ? `\nWould fit: ${problem.suggestions.join(', ')}` : '';
  return `${describeQueryProblem(problem, 'en')}\n  ${where}\n  ${marks}${fits}\n`;
}

/** @throws CodedError `argument-invalid` with names that are nearly it */
export function fieldNamed({ names }: RunRows, name: string, argument: string): RunField {
  const field = names.find(name);
  if (field) return field;
  const similar = names.similar(name);
  const fits = similar.length > 0 ? `did you mean ${similar.join(' or ')}?` : `known: ${knownNames(names)}`;
  throw new CodedError('argument-invalid', { name: argument, detail: `"${name}" is no field of these runs; ${fits}` });
}

function knownNames({ all }: RunFieldNames): string {
  return all.map(({ key }) => key).join(', ');
}

/**
 * Runs that are named, and those that a query finds.
 * @throws CodedError `not-found`; `argument-invalid` where neither is given, or the query cannot be read
 */
export async function chosenRuns(
  session: Session,
  {
    texts,
    where,
    deleted = false,
  }: { readonly texts: readonly string[]; readonly where?: string | undefined; readonly deleted?: boolean },
): Promise<readonly RunSummary[]> {
  if (texts.length === 0 && where === undefined) {
    throw new CodedError('argument-invalid', { name: 'runs', detail: 'name runs, or find them with --where' });
  }
  const rows = await readRunRows(session, { shelf: deleted ? 'deleted' : 'archived' });
  const named = new Set(texts.map((text) => findRun(session, text, { deleted }).id));
  const found = new Set(where === undefined ? [] : whereRuns(rows, where));
  return rows.runs.filter((run) => named.has(run.id) || found.has(run));
}
