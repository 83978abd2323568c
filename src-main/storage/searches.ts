/** Searches: one row each, changed by the job that tries and by the host as it ends. Their trials are in `search-trials.ts`. */
import {
  CodedError,
  isOutsideCause,
  searchOutcomeSchema,
  searchPlanSchema,
  wireErrorSchema,
  type ErrorCode,
  type JobState,
  type Search,
  type SearchOutcome,
  type SearchPlan,
  type SearchState,
  type TrialState,
  type WireError,
} from '../contract';
import { transaction, type Database } from './database';
import { fromJson, fromNullableJson, toJson } from './json';
import { newRunName } from './names';
import { dequeueRun } from './run-queue';
import { setRunState } from './runs';
import { endRunningTrials, requireTurn, type TriedBy } from './search-trials';

interface SearchRow {
  id: string;
  project_id: string;
  name: string;
  state: SearchState;
  plan: string;
  best: number | null;
  seconds: number;
  created_at: number;
  ended_at: number | null;
  job_id: string | null;
  error: string | null;
  outcome: string | null;
}

export const listSearchesSql = 'SELECT * FROM searches WHERE project_id = ? ORDER BY created_at DESC, id DESC';
/** By the order of their making, so that the first seed leads. Those that a person deleted are left out. */
export const runsOfSearchSql = `SELECT id, search_trial AS trial FROM runs
  WHERE search_id = ? AND deleted_at IS NULL ORDER BY created_at, id`;

export const togetherSql = `SELECT runs.id FROM runs JOIN events ON events.run_id = runs.id
  WHERE search_id = ? AND search_trial IS NULL AND state = 'finished' AND deleted_at IS NULL
  AND code = 'from-search-together' AND parameters ->> '$.trials' = ? LIMIT 1`;

/** A new search, `waiting`. */
export function createSearch(db: Database, search: Pick<Search, 'id' | 'projectId' | 'name' | 'plan'>): Search {
  db.prepare(
    `INSERT INTO searches (id, project_id, name, state, plan, created_at) VALUES (?, ?, ?, 'waiting', ?, ?)`,
  ).run(search.id, search.projectId, search.name, toJson(search.plan), Date.now());
  return getSearch(db, search.id);
}

/** @throws CodedError `not-found` */
export function getSearch(db: Database, id: string): Search {
  const search = findSearch(db, id);
  if (!search) throw notFound(id);
  return search;
}

/** Null for one that was removed. */
export function findSearch(db: Database, id: string): Search | null {
  const row = db.prepare<[string], SearchRow>('SELECT * FROM searches WHERE id = ?').get(id);
  return row ? toSearch(db, row) : null;
}

/** The search of whose best trial a run is; null for any other run. */
export function searchOfBest(db: Database, runId: string): Search | null {
  const sql = 'SELECT search_id FROM runs WHERE id = ? AND search_trial IS NOT NULL';
  const id = db.prepare<[string], string>(sql).pluck().get(runId);
  return id === undefined ? null : findSearch(db, id);
}

/** Newest first. */
export function listSearches(db: Database, projectId: string): Search[] {
  return db
    .prepare<[string], SearchRow>(listSearchesSql)
    .all(projectId)
    .map((row) => toSearch(db, row));
}

/** @returns a name that neither a run nor another search has. */
export function newSearchName(db: Database): string {
  const taken = db.prepare('SELECT 1 FROM searches WHERE name = ? LIMIT 1');
  for (;;) {
    const name = newRunName(db);
    if (taken.get(name) === undefined) return name;
  }
}

/**
 * Trials are tried from now on, by this job: what an earlier one came to counts no longer, and a trial that still looks as if it
 * ran is to be begun anew.
 * @throws CodedError `not-found`
 */
export function startSearch(db: Database, id: string, jobId: string): void {
  const sql = `UPDATE searches SET state = 'running', job_id = ?, error = NULL, outcome = NULL, ended_at = NULL WHERE id = ?`;
  transaction(db, () => {
    requireChange(db.prepare(sql).run(jobId, id).changes, id);
    endRunningTrials(db, id, 'interrupted', null);
  });
}

/** What a job says of its own search. @throws Error as `requireTurn` */
export function updateOwnSearch(
  db: Database,
  by: TriedBy,
  changes: Parameters<typeof updateSearch>[2] & { readonly state?: SearchState; readonly error?: WireError | null },
): void {
  const { state, error = null, ...others } = changes;
  transaction(db, () => {
    requireTurn(db, by);
    updateSearch(db, by.searchId, others);
    if (state !== undefined) setSearchState(db, by.searchId, state, error);
  });
}

/** @param error why it failed or was interrupted. @throws CodedError `not-found` */
export function setSearchState(db: Database, id: string, state: SearchState, error: WireError | null = null): void {
  const ended = ['waiting', 'running', 'paused'].includes(state) ? null : Date.now();
  const sql = 'UPDATE searches SET state = ?, error = ?, ended_at = ? WHERE id = ?';
  requireChange(db.prepare(sql).run(state, toJson(error), ended, id).changes, id);
}

/** Changes only what is named. @throws CodedError `not-found` */
export function updateSearch(
  db: Database,
  id: string,
  changes: {
    readonly plan?: SearchPlan;
    readonly best?: number | null;
    readonly seconds?: number;
    readonly outcome?: SearchOutcome;
  },
): void {
  const { plan, best, seconds, outcome } = changes;
  const result = db
    .prepare(
      `UPDATE searches SET plan = coalesce(?, plan), seconds = coalesce(?, seconds), outcome = coalesce(?, outcome),
       best = CASE WHEN ? THEN ? ELSE best END WHERE id = ?`,
    )
    .run(toJson(plan), seconds ?? null, toJson(outcome), Number(best !== undefined), best ?? null, id);
  requireChange(result.changes, id);
}

/** The run of just these trials together that a search has made already; null where there is none. */
export function togetherOf(db: Database, searchId: string, trials: string): string | null {
  const id = db.prepare<[string, string], string>(togetherSql).pluck().get(searchId, trials);
  return id ?? null;
}

/** Its trials go with it; runs that it made stay. @throws CodedError `not-found` */
export function removeSearch(db: Database, id: string): void {
  requireChange(db.prepare('DELETE FROM searches WHERE id = ?').run(id).changes, id);
}

/** Ends of a process that say something against what it was doing at the time. */
const ownCauses: readonly string[] = ['job-out-of-memory', 'job-native-crash', 'job-crashed'] satisfies ErrorCode[];

/**
 * The end of a search whose job ended without writing one. A trial that took the process with it has failed, so that it isn't
 * tried again as the search goes on; one that was ended from outside is.
 */
export function settleSearch(
  db: Database,
  id: string,
  job: { readonly id: string; readonly state: JobState; readonly error: WireError | null },
): void {
  const row = db.prepare<[string], SearchRow>('SELECT * FROM searches WHERE id = ?').get(id);
  const isOpen = row && (row.state === 'running' || row.state === 'paused');
  // A job that finished has left it open for the making of the best. Where this comes late, it may be another job's already.
  if (!isOpen || row.job_id !== job.id || job.state === 'finished') return;
  const { state, error } = endOfSearch(job);
  transaction(db, () => {
    dropHalfMade(db, id);
    const failure = error && ownCauses.includes(error.code) ? error : null;
    endRunningTrials(db, id, failure ? 'failed' : 'interrupted', failure);
    setSearchState(db, id, state, error);
  });
}

/** Several trials as one network are made in one go, or made again. */
function dropHalfMade(db: Database, id: string): void {
  db.prepare("DELETE FROM runs WHERE search_id = ? AND search_trial IS NULL AND state <> 'finished'").run(id);
}

function endOfSearch({ state, error }: { readonly state: JobState; readonly error: WireError | null }): {
  readonly state: SearchState;
  readonly error: WireError | null;
} {
  if (state === 'cancelled') return { state: 'stopped', error: null };
  const isOutside = state === 'interrupted' || (error !== null && isOutsideCause(error.code));
  return { state: isOutside ? 'interrupted' : 'failed', error };
}

/**
 * Those whose process and runs are gone end as `interrupted`; to be called after jobs and runs have been.
 * @param isAlone nobody else has the library open: runs of a search that wait in the queue wait for nobody, and leave it
 */
export function markInterruptedSearches(db: Database, cause: WireError, isAlone: boolean): void {
  if (isAlone) leaveQueue(db, cause);
  const gone = db
    .prepare<[], string>(
      `SELECT id FROM searches WHERE state IN ('running', 'paused')
       AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.subject_id = searches.id AND jobs.kind = 'search'
         AND jobs.state IN ('running', 'paused'))
       AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.search_id = searches.id
         AND runs.state IN ('queued', 'running', 'paused'))`,
    )
    .pluck()
    .all();
  for (const id of gone) {
    dropHalfMade(db, id);
    endRunningTrials(db, id, 'interrupted', null);
    setSearchState(db, id, 'interrupted', cause);
  }
}

/** The best's runs are called up by their search, where a person lets it go on. */
function leaveQueue(db: Database, cause: WireError): void {
  const waiting = db
    .prepare<[], string>(
      `SELECT run_id FROM run_queue JOIN runs ON runs.id = run_id JOIN searches ON searches.id = search_id
       WHERE searches.state IN ('running', 'paused')`,
    )
    .pluck()
    .all();
  for (const id of waiting) {
    dequeueRun(db, id);
    setRunState(db, id, 'interrupted', cause);
  }
}

function toSearch(db: Database, row: SearchRow): Search {
  const runs = db.prepare<[string], { id: string; trial: number | null }>(runsOfSearchSql).all(row.id);
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    state: row.state,
    plan: fromJson(searchPlanSchema, row.plan, 'searches.plan'),
    counts: countsOf(db, row.id),
    best: row.best,
    seconds: row.seconds,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    jobId: row.job_id,
    error: fromNullableJson(wireErrorSchema, row.error, 'searches.error'),
    // Of an earlier best, where more trials were added since, they are runs like any.
    runIds: runs.flatMap(({ id, trial }) => (trial !== null && trial === row.best ? [id] : [])),
    outcome: fromNullableJson(searchOutcomeSchema, row.outcome, 'searches.outcome'),
  };
}

function countsOf(db: Database, id: string): Search['counts'] {
  const counts: Search['counts'] = { running: 0, finished: 0, pruned: 0, failed: 0, interrupted: 0 };
  const rows = db
    .prepare<[string], { state: TrialState; count: number }>(
      'SELECT state, count(*) AS count FROM search_trials WHERE search_id = ? GROUP BY state',
    )
    .all(id);
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

function requireChange(changes: number, id: string): void {
  if (changes === 0) throw notFound(id);
}

function notFound(id: string): CodedError {
  return new CodedError('not-found', { what: 'search', id });
}
