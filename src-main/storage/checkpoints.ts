/**
 * Checkpoints: all that a run needs to go on (weights, optimizer, where it stands). Of each run there are those of its last
 * two complete epochs and of its best one, of every so many where it is asked for, and that of the middle of the epoch under way, until the epoch is complete.
 */
import { z } from 'zod';
import { DamagedBytes, readChunks, sha256, writeChunks, type ChunkTable } from './blobs';
import { transaction, type Database } from './database';
import { fromJson, toJson } from './json';

const chunks: ChunkTable = { table: 'checkpoint_chunks', owner: 'checkpoint_id' };
const midChunks: ChunkTable = { table: 'mid_checkpoint_chunks', owner: 'run_id' };
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
  id: number | string;
  epoch: number;
  step: number;
  state: string;
  byte_length: number;
  sha256: string;
}

/**
 * Within the caller's transaction: adds that of a complete epoch. Of the others the one before, the best epoch's and those of
 * every so many epochs (0 for none) stay; the middle of an epoch is out of date with it.
 */
export function saveCheckpoint(
  db: Database,
  runId: string,
  checkpoint: Checkpoint,
  { best, every }: { readonly best: number | null; readonly every: number },
): void {
  db.prepare('DELETE FROM checkpoints WHERE run_id = ? AND epoch >= ?').run(runId, checkpoint.epoch);
  const { lastInsertRowid } = db
    .prepare('INSERT INTO checkpoints (run_id, epoch, step, state, byte_length, sha256) VALUES (?, ?, ?, ?, ?, ?)')
    .run(runId, ...valuesOf(checkpoint));
  writeChunks(db, chunks, Number(lastInsertRowid), checkpoint.tensors);
  db.prepare(
    `DELETE FROM checkpoints WHERE run_id = @runId AND epoch IS NOT @best AND NOT (epoch > 0 AND @every > 0 AND epoch % @every = 0)
     AND epoch NOT IN (SELECT epoch FROM checkpoints WHERE run_id = @runId ORDER BY epoch DESC LIMIT 2)`,
  ).run({ runId, best, every });
  dropMidCheckpoint(db, runId);
}

/** Within the caller's transaction: that of the middle of an epoch, in the place of the one before it. */
export function saveMidCheckpoint(db: Database, runId: string, checkpoint: Checkpoint): void {
  dropMidCheckpoint(db, runId);
  db.prepare(
    'INSERT INTO mid_checkpoints (run_id, epoch, step, state, byte_length, sha256) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(runId, ...valuesOf(checkpoint));
  writeChunks(db, midChunks, runId, checkpoint.tensors);
}

export function dropMidCheckpoint(db: Database, runId: string): void {
  db.prepare('DELETE FROM mid_checkpoints WHERE run_id = ?').run(runId);
}

/**
 * The one with the most steps; null where there is none.
 * @throws DamagedBytes where its bytes are damaged.
 */
export function latestCheckpoint(
  db: Database,
  runId: string,
): (Checkpoint & { state: Record<string, unknown> }) | null {
  return db.transaction(() => {
    const row = latestRow(db, runId);
    if (!row) return null;
    const expected = { byteLength: row.byte_length, sha256: row.sha256 };
    const tensors = readChunks(db, typeof row.id === 'string' ? midChunks : chunks, row.id, expected);
    return { epoch: row.epoch, step: row.step, state: fromJson(stateSchema, row.state, 'checkpoints.state'), tensors };
  })();
}

/** Takes away damaged ones, newest first, until one is whole. @returns where those stood. */
export function dropDamagedCheckpoints(db: Database, runId: string): { epoch: number; step: number }[] {
  const dropped: { epoch: number; step: number }[] = [];
  return transaction(db, () => {
    for (;;) {
      try {
        latestCheckpoint(db, runId);
        return dropped;
      } catch (error) {
        const row = latestRow(db, runId);
        if (!(error instanceof DamagedBytes) || !row) throw error;
        if (typeof row.id === 'string') dropMidCheckpoint(db, runId);
        else db.prepare('DELETE FROM checkpoints WHERE id = ?').run(row.id);
        dropped.push({ epoch: row.epoch, step: row.step });
      }
    }
  });
}

function latestRow(db: Database, runId: string): CheckpointRow | undefined {
  return db
    .prepare<[string, string], CheckpointRow>(
      `SELECT id, epoch, step, state, byte_length, sha256 FROM checkpoints WHERE run_id = ?
       UNION ALL SELECT run_id, epoch, step, state, byte_length, sha256 FROM mid_checkpoints WHERE run_id = ?
       ORDER BY step DESC LIMIT 1`,
    )
    .get(runId, runId);
}

function valuesOf({ epoch, step, state, tensors }: Checkpoint) {
  return [epoch, step, toJson(state), tensors.byteLength, sha256(tensors)] as const;
}
