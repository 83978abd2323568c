/** Runs: made from a project's choices, followed by the job that trains them, kept for comparison. Epochs are committed in `run-epochs.ts`. */
import {
  CodedError,
  type DataSetup,
  type MetricValues,
  type NetworkSpec,
  type Run,
  type RunState,
  type TrainingSettings,
  type WireError,
} from '../contract';
import { transaction, type Database } from './database';
import { toJson } from './json';
import { countExtremes } from './run-extremes';
import { listAllRunsSql, listProjectRunsSql, newMemory, toRun, type RunRow } from './run-rows';

export {
  appendEvents,
  appendLastEvent,
  commitEpoch,
  commitPart,
  runHistory,
  type EpochCommit,
  type PartCommit,
} from './run-epochs';

export interface NewRun {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly data: DataSetup;
  readonly datasetName: string;
  readonly network: NetworkSpec;
  readonly settings: TrainingSettings;
  /** The search that makes it. */
  readonly search?: Run['search'];
}

/** A new run, `queued`. */
export function createRun(db: Database, run: NewRun): Run {
  db.prepare(
    `INSERT INTO runs (id, project_id, name, state, data, dataset_name, network, settings, created_at, search_id, search_trial)
     VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    run.id,
    run.projectId,
    run.name,
    toJson(run.data),
    run.datasetName,
    toJson(run.network),
    toJson(run.settings),
    Date.now(),
    run.search?.id ?? null,
    run.search?.trial ?? null,
  );
  return getRun(db, run.id);
}

/** Also a deleted one. @throws CodedError `not-found` */
export function getRun(db: Database, id: string): Run {
  const row = db.prepare<[string], RunRow>('SELECT * FROM runs WHERE id = ?').get(id);
  if (!row) throw notFound(id);
  return toRun(row);
}

/** All kept runs, newest first, or those of one project. */
export function listRuns(db: Database, projectId: string | null): Run[] {
  const rows =
    projectId === null
      ? db.prepare<[], RunRow>(listAllRunsSql).all()
      : db.prepare<[string], RunRow>(listProjectRunsSql).all(projectId);
  const memory = newMemory();
  return rows.map((row) => toRun(row, memory));
}

/** Runs, deleted ones included, whose id begins with the text or whose name is it; the exact id alone where it matches. */
export function findRuns(db: Database, text: string): Run[] {
  const rows = db
    .prepare<[string, string, string], RunRow>('SELECT * FROM runs WHERE name = ? OR (id >= ? AND id < ?) ORDER BY id')
    .all(text, text, `${text}\u{10ffff}`);
  const exact = rows.find((row) => row.id === text);
  return (exact ? [exact] : rows).map((row) => toRun(row));
}

/** @throws CodedError `not-found` */
export function updateRun(
  db: Database,
  id: string,
  changes: { name?: string | undefined; note?: string | undefined },
): Run {
  const result = db
    .prepare('UPDATE runs SET name = coalesce(?, name), note = coalesce(?, note) WHERE id = ?')
    .run(changes.name ?? null, changes.note ?? null, id);
  requireChange(result.changes, id);
  return getRun(db, id);
}

/** Puts runs among the deleted, or brings them back: all of them or none. @throws CodedError `not-found` */
export function setRunsDeleted(db: Database, ids: readonly string[], deleted: boolean): void {
  const statement = db.prepare('UPDATE runs SET deleted_at = ? WHERE id = ?');
  const time = deleted ? Date.now() : null;
  transaction(db, () => {
    for (const id of ids) requireChange(statement.run(time, id).changes, id);
  });
}

export function isRunDeleted(db: Database, id: string): boolean {
  const row = db.prepare<[string], { deleted_at: number | null }>('SELECT deleted_at FROM runs WHERE id = ?').get(id);
  if (!row) throw notFound(id);
  return row.deleted_at !== null;
}

/** Waits for its job: `queued`, without an error of an earlier try. @throws CodedError `not-found` */
export function queueRun(db: Database, id: string): void {
  const result = db.prepare("UPDATE runs SET state = 'queued', error = NULL, ended_at = NULL WHERE id = ?").run(id);
  requireChange(result.changes, id);
}

/** Names the job that trains it. @throws CodedError `not-found` */
export function setRunJob(db: Database, id: string, jobId: string): void {
  requireChange(db.prepare('UPDATE runs SET job_id = ? WHERE id = ?').run(jobId, id).changes, id);
}

/**
 * The job has begun: `running`. What lies after the last checkpoint, from which it goes on, is taken away.
 * @throws CodedError `not-found`
 */
export function startRun(
  db: Database,
  id: string,
  start: {
    readonly backend: string;
    readonly parameterCount: number;
    readonly jobId: string;
    readonly engine?: Run['engine'];
  },
): void {
  const from = '(SELECT coalesce(max(epoch), 0) FROM checkpoints WHERE run_id = runs.id)';
  transaction(db, () => {
    const result = db
      .prepare(
        `UPDATE runs SET state = 'running', backend = ?, parameter_count = ?, job_id = ?, engine = ?, error = NULL,
         ended_at = NULL, started_at = coalesce(started_at, ?), begun_at = coalesce(begun_at, ?),
         epochs_done = min(epochs_done, ${from}) WHERE id = ?`,
      )
      .run(start.backend, start.parameterCount, start.jobId, toJson(start.engine), Date.now(), Date.now(), id);
    requireChange(result.changes, id);
    const last = 'SELECT coalesce(max(epoch), 0) FROM checkpoints WHERE run_id = ?';
    const step = `SELECT coalesce(max(step), 0) FROM (SELECT step FROM checkpoints WHERE run_id = ?
      UNION ALL SELECT step FROM mid_checkpoints WHERE run_id = ?)`;
    const { changes } = db.prepare(`DELETE FROM epochs WHERE run_id = ? AND epoch > (${last})`).run(id, id);
    if (changes > 0) countExtremes(db, id);
    db.prepare(`DELETE FROM probe_readings WHERE run_id = ? AND epoch > (${last})`).run(id, id);
    db.prepare(`DELETE FROM batches WHERE run_id = ? AND step > (${step})`).run(id, id, id);
  });
}

/**
 * In any state but `running` the time that it trained until now is added up.
 * @param error why it failed or was interrupted. @throws CodedError `not-found`
 */
export function setRunState(db: Database, id: string, state: RunState, error: WireError | null = null): void {
  const now = Date.now();
  const ended = state === 'queued' || state === 'running' || state === 'paused' ? null : now;
  const times =
    state === 'running'
      ? 'begun_at = coalesce(begun_at, @now)'
      : 'trained = trained + max(0, @now - coalesce(begun_at, @now)), begun_at = NULL';
  const result = db
    .prepare(`UPDATE runs SET state = @state, error = @error, ended_at = @ended, ${times} WHERE id = @id`)
    .run({ id, state, now, ended, error: toJson(error) });
  requireChange(result.changes, id);
}

/** @throws CodedError `not-found` */
export function setTestMetrics(db: Database, id: string, metrics: MetricValues): void {
  requireChange(db.prepare('UPDATE runs SET test = ? WHERE id = ?').run(toJson(metrics), id).changes, id);
}

function requireChange(changes: number, id: string): void {
  if (changes === 0) throw notFound(id);
}

function notFound(id: string): CodedError {
  return new CodedError('not-found', { what: 'run', id });
}
