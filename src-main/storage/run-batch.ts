/** The batch that a run really trains with, where the one that was chosen did not fit into memory. */
import { dropMidCheckpoint } from './checkpoints';
import { durableTransaction, type Database } from './database';

/**
 * Changes the run's setting, so that what it says of itself is what it did, and counts the steps of its complete epochs in
 * the new batches. The middle of an epoch is dropped, its points of the curve with it: its rows were cut into other
 * batches.
 * @param stepsPerEpoch with the new batch.
 */
export function shrinkBatch(
  db: Database,
  runId: string,
  { batchSize, stepsPerEpoch }: { readonly batchSize: number; readonly stepsPerEpoch: number },
): void {
  durableTransaction(db, () => {
    db.prepare("UPDATE runs SET settings = json_set(settings, '$.batchSize', ?) WHERE id = ?").run(batchSize, runId);
    db.prepare(
      'DELETE FROM batches WHERE run_id = ? AND step > (SELECT coalesce(max(step), 0) FROM checkpoints WHERE run_id = ?)',
    ).run(runId, runId);
    recountCheckpoints(db, runId, stepsPerEpoch);
  });
}

/** Counts the steps of complete epochs in other batches; the middle of an epoch, whose rows were cut into the old ones, is dropped. */
export function recountCheckpoints(db: Database, runId: string, stepsPerEpoch: number): void {
  dropMidCheckpoint(db, runId);
  db.prepare('UPDATE checkpoints SET step = epoch * ? WHERE run_id = ?').run(stepsPerEpoch, runId);
}
