/** What a run takes in the library. */
import type { Database } from './database';

/** Bytes of a run's checkpoints, model, predictions and readings; its log and its figures are small beside them. */
export function runBytes(db: Database, runId: string): number {
  return db
    .prepare<{ runId: string }, number>(
      `SELECT (SELECT coalesce(sum(byte_length), 0) FROM checkpoints WHERE run_id = @runId)
       + (SELECT coalesce(sum(byte_length), 0) FROM models WHERE run_id = @runId)
       + (SELECT coalesce(sum(length(indices) + length(actual) + length(predicted) + length(ranking) + length(outputs)), 0)
          FROM evaluations WHERE run_id = @runId)
       + (SELECT coalesce(sum(length(layers) + length(answers) + length(places)), 0)
          FROM probe_readings WHERE run_id = @runId)`,
    )
    .pluck()
    .get({ runId }) as number;
}
