/** What runs take in the library, and how the deleted ones leave it. */
import type { Database } from './database';

/** How long a deleted run can be brought back. */
const keptMs = 30 * 24 * 3_600_000;

const chosen = 'run_id IN (SELECT value FROM json_each(@ids))';

/** Bytes of a run's checkpoints, model, predictions and readings; its log and its figures are small beside them. */
export function runBytes(db: Database, runId: string): number {
  return runsBytes(db, [runId]);
}

/** The same for several together. */
export function runsBytes(db: Database, ids: readonly string[]): number {
  return db
    .prepare<{ ids: string }, number>(
      `SELECT (SELECT coalesce(sum(byte_length), 0) FROM checkpoints WHERE ${chosen})
       + (SELECT coalesce(sum(byte_length), 0) FROM mid_checkpoints WHERE ${chosen})
       + (SELECT coalesce(sum(byte_length), 0) FROM models WHERE ${chosen})
       + (SELECT coalesce(sum(length(indices) + length(actual) + length(predicted) + length(ranking) + length(outputs)
           + coalesce(length(actual_steps), 0)), 0)
          FROM evaluations WHERE ${chosen})
       + (SELECT coalesce(sum(length(layers) + length(answers) + length(places)), 0)
          FROM probe_readings WHERE ${chosen})`,
    )
    .pluck()
    .get({ ids: JSON.stringify(ids) }) as number;
}

/** Takes a run out of the library with all it has, if it is among the deleted. @returns whether it was */
export function purgeRun(db: Database, id: string): boolean {
  return db.prepare('DELETE FROM runs WHERE id = ? AND deleted_at IS NOT NULL').run(id).changes > 0;
}

export const expiredRunsSql = 'SELECT id FROM runs WHERE deleted_at IS NOT NULL AND deleted_at < ?';

/** Purges the runs that were deleted so long ago that nobody brings them back. */
export function expireRuns(db: Database, now = Date.now()): void {
  const expired = db.prepare<[number], string>(expiredRunsSql).pluck();
  for (const id of expired.all(now - keptMs)) purgeRun(db, id);
}
