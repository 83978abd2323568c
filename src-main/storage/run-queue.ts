/**
 * The queue of runs that wait to be trained, in the library, so that it outlives the app and all processes that have the
 * library open share it: by priority, then by place. A run that leaves it to be trained leaves it for good.
 */
import type { QueueMove, RunPriority, WaitingRun } from '../contract';
import { transaction, type Database } from './database';

const rank: Readonly<Record<RunPriority, number>> = { normal: 0, low: -1 };

interface QueueRow {
  run_id: string;
  name: string;
  project_id: string;
  priority: number;
  queued_at: number;
}

const rowsSql = `SELECT run_id, runs.name, project_id, priority, queued_at FROM run_queue JOIN runs ON runs.id = run_id
  WHERE deleted_at IS NULL ORDER BY priority DESC, place`;

/** The next one first. */
export function listWaiting(db: Database): WaitingRun[] {
  return db
    .prepare<[], QueueRow>(rowsSql)
    .all()
    .map((row) => ({
      runId: row.run_id,
      name: row.name,
      projectId: row.project_id,
      priority: row.priority < 0 ? 'low' : 'normal',
      queuedAt: row.queued_at,
    }));
}

/**
 * Puts runs behind those that wait with the same priority: `queued`, without a job and the error of an earlier try. Those that
 * wait already keep their place. @throws CodedError `not-found`
 */
export function enqueueRuns(db: Database, ids: readonly string[], priority: RunPriority = 'normal'): void {
  const place = db.prepare<[], number>('SELECT coalesce(max(place), 0) + 1 FROM run_queue').pluck();
  const insert = db.prepare('INSERT OR IGNORE INTO run_queue (run_id, priority, place) VALUES (?, ?, ?)');
  const mark = db.prepare(
    `UPDATE runs SET state = 'queued', queued_at = ?, job_id = NULL, error = NULL, ended_at = NULL WHERE id = ?`,
  );
  transaction(db, () => {
    for (const id of ids) {
      if (insert.run(id, rank[priority], place.get() ?? 1).changes > 0) mark.run(Date.now(), id);
    }
  });
}

/** Takes a run out, to be trained or not; what it waited is added up. @returns whether it was in. */
export function dequeueRun(db: Database, id: string): boolean {
  return transaction(db, () => {
    const { changes } = db.prepare('DELETE FROM run_queue WHERE run_id = ?').run(id);
    db.prepare(
      'UPDATE runs SET waited = waited + max(0, ? - queued_at), queued_at = NULL WHERE id = ? AND queued_at IS NOT NULL',
    ).run(Date.now(), id);
    return changes > 0;
  });
}

/** One that passes others takes the priority of those it comes to stand among. Nothing where it does not wait. */
export function moveWaiting(db: Database, id: string, to: QueueMove): void {
  transaction(db, () => {
    const rows = db.prepare<[], QueueRow>(rowsSql).all();
    const from = rows.findIndex((row) => row.run_id === id);
    const [moved] = from < 0 ? [] : rows.splice(from, 1);
    if (!moved) return;
    const at = { first: 0, up: Math.max(0, from - 1), down: from + 1, last: rows.length }[to];
    const [before, after] = [rows[at - 1], rows[at]];
    const least = after?.priority ?? moved.priority;
    const most = before?.priority ?? Math.max(least, moved.priority);
    moved.priority = Math.min(most, Math.max(least, moved.priority));
    rows.splice(at, 0, moved);
    const put = db.prepare('UPDATE run_queue SET priority = ?, place = ? WHERE run_id = ?');
    for (const [index, row] of rows.entries()) put.run(row.priority, index + 1, row.run_id);
  });
}

/** Trainings that are under way in any process that has the library open. @param living names of its owners. */
export function countTraining(db: Database, living: ReadonlySet<string>): number {
  const sql = `SELECT count(*) FROM jobs WHERE kind = 'train' AND state IN ('running', 'paused')
    AND owner IN (SELECT value FROM json_each(?))`;
  return (
    db
      .prepare<[string], number>(sql)
      .pluck()
      .get(JSON.stringify([...living])) ?? 0
  );
}

/** Bytes that the last training of a project took at its most; null where none has ended. */
export function lastMemory(db: Database, projectId: string): number | null {
  const sql = `SELECT parameters ->> '$.memory' FROM events JOIN runs ON runs.id = run_id
    WHERE project_id = ? AND code = 'estimate-took' ORDER BY runs.created_at DESC LIMIT 1`;
  const megabytes = db.prepare<[string], number | null>(sql).pluck().get(projectId);
  return typeof megabytes === 'number' ? megabytes * 1e6 : null;
}
