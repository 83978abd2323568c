/** Settings of a run changed after it has begun, so that what it says of itself is how it goes on. */
import { CodedError, type TrainingSettings } from '../contract';
import { durableTransaction, type Database } from './database';
import { toJson } from './json';
import { recountCheckpoints } from './run-batch';

export interface SettingsChange {
  readonly settings: TrainingSettings;
  /** With the new batch, where that changes: steps are counted in it from then on, and the middle of an epoch is dropped. */
  readonly stepsPerEpoch?: number;
  /** It is to train further: it counts as stopped if it was finished, and early stopping waits anew. */
  readonly goesOn?: boolean;
}

/** @param beside what is written with it: both or neither. @throws CodedError `not-found` */
export function adjustRun(
  db: Database,
  runId: string,
  { settings, stepsPerEpoch, goesOn = false }: SettingsChange,
  beside: () => void = () => undefined,
): void {
  durableTransaction(db, () => {
    const { changes } = db.prepare('UPDATE runs SET settings = ? WHERE id = ?').run(toJson(settings), runId);
    if (changes === 0) throw new CodedError('not-found', { what: 'run', id: runId });
    if (stepsPerEpoch !== undefined) recountSteps(db, runId, stepsPerEpoch);
    if (goesOn) {
      db.prepare("UPDATE runs SET state = 'stopped' WHERE id = ? AND state = 'finished'").run(runId);
      db.prepare(
        `UPDATE checkpoints SET state = json_set(state, '$.waited', 0)
         WHERE run_id = @id AND epoch = (SELECT max(epoch) FROM checkpoints WHERE run_id = @id)`,
      ).run({ id: runId });
    }
    beside();
  });
}

/** Points of the curve that come to lie at one step become their mean. */
function recountSteps(db: Database, runId: string, stepsPerEpoch: number): void {
  recountCheckpoints(db, runId, stepsPerEpoch);
  const points = db
    .prepare<[number, string], { step: number; epoch: number; loss: number }>(
      `SELECT max(1, CAST(round(epoch * ?) AS INTEGER)) AS step, max(epoch) AS epoch, avg(loss) AS loss
       FROM batches WHERE run_id = ? GROUP BY 1 ORDER BY 1`,
    )
    .all(stepsPerEpoch, runId);
  db.prepare('DELETE FROM batches WHERE run_id = ?').run(runId);
  const insert = db.prepare('INSERT INTO batches (run_id, step, epoch, loss) VALUES (?, ?, ?, ?)');
  for (const { step, epoch, loss } of points) insert.run(runId, step, epoch, loss);
}
