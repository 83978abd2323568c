/** Checkpoints: all that a run needs to go on (weights, optimizer, where it stands), the last two of each run. */
import { z } from 'zod';
import { readChunks, sha256, writeChunks, type ChunkTable } from './blobs';
import type { Database } from './database';
import { fromJson, toJson } from './json';

const chunks: ChunkTable = { table: 'checkpoint_chunks', owner: 'checkpoint_id' };
const stateSchema = z.record(z.string(), z.unknown());

export interface Checkpoint {
  /** Complete epochs. */
  readonly epoch: number;
  /** Complete steps, over all epochs. */
  readonly step: number;
  /** What is small (manifest, counters, seeds), as JSON; the engine knows its shape. */
  readonly state: object;
  /** What is large, in the engine's order. */
  readonly tensors: Uint8Array;
}

interface CheckpointRow {
  id: number;
  epoch: number;
  step: number;
  state: string;
  byte_length: number;
  sha256: string;
}

/** Within the caller's transaction: adds one and drops all but the last two. */
export function saveCheckpoint(db: Database, runId: string, checkpoint: Checkpoint): void {
  db.prepare('DELETE FROM checkpoints WHERE run_id = ? AND epoch >= ?').run(runId, checkpoint.epoch);
  const { lastInsertRowid } = db
    .prepare('INSERT INTO checkpoints (run_id, epoch, step, state, byte_length, sha256) VALUES (?, ?, ?, ?, ?, ?)')
    .run(
      runId,
      checkpoint.epoch,
      checkpoint.step,
      toJson(checkpoint.state),
      checkpoint.tensors.byteLength,
      sha256(checkpoint.tensors),
    );
  writeChunks(db, chunks, Number(lastInsertRowid), checkpoint.tensors);
  db.prepare(
    `DELETE FROM checkpoints WHERE run_id = ? AND epoch NOT IN
     (SELECT epoch FROM checkpoints WHERE run_id = ? ORDER BY epoch DESC LIMIT 2)`,
  ).run(runId, runId);
}

/**
 * The newest checkpoint; null where there is none.
 * @throws Error where its bytes are damaged.
 */
export function latestCheckpoint(
  db: Database,
  runId: string,
): (Checkpoint & { state: Record<string, unknown> }) | null {
  const row = db
    .prepare<[string], CheckpointRow>(
      'SELECT id, epoch, step, state, byte_length, sha256 FROM checkpoints WHERE run_id = ? ORDER BY epoch DESC LIMIT 1',
    )
    .get(runId);
  if (!row) return null;
  const tensors = readChunks(db, chunks, row.id, { byteLength: row.byte_length, sha256: row.sha256 });
  return { epoch: row.epoch, step: row.step, state: fromJson(stateSchema, row.state, 'checkpoints.state'), tensors };
}
