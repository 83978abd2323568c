/**
 * Long byte strings in rows of at most 1 MiB, so that SQLite never has to move one whole; their sha256 is kept beside
 * them and checked on the way back.
 */
import { createHash } from 'node:crypto';
import type { Database } from './database';

const chunkBytes = 1 << 20;

/** The bytes are not those that were written. */
export class DamagedBytes extends Error {}

export interface ChunkTable {
  readonly table: 'model_chunks' | 'checkpoint_chunks' | 'mid_checkpoint_chunks' | 'trial_weight_chunks';
  readonly owner: 'run_id' | 'checkpoint_id' | 'weights_id';
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes the chunks of one owner, which has none yet. */
export function writeChunks(db: Database, { table, owner }: ChunkTable, id: string | number, bytes: Uint8Array): void {
  const insert = db.prepare(`INSERT INTO ${table} (${owner}, number, bytes) VALUES (?, ?, ?)`);
  for (let start = 0, number = 0; start < bytes.length; start += chunkBytes, number += 1) {
    insert.run(id, number, bytes.subarray(start, start + chunkBytes));
  }
}

/**
 * @returns the bytes in a buffer of their own, so that a Float32Array may be laid over it.
 * @throws DamagedBytes where a chunk is missing or a bit has changed.
 */
export function readChunks(
  db: Database,
  { table, owner }: ChunkTable,
  id: string | number,
  expected: { byteLength: number; sha256: string },
): Uint8Array {
  const bytes = new Uint8Array(expected.byteLength);
  const rows = db
    .prepare<[string | number], { bytes: Uint8Array }>(`SELECT bytes FROM ${table} WHERE ${owner} = ? ORDER BY number`)
    .iterate(id);
  let position = 0;
  for (const row of rows) {
    if (position + row.bytes.length > bytes.length)
      throw new DamagedBytes(`${table} of ${id} are longer than recorded`);
    bytes.set(row.bytes, position);
    position += row.bytes.length;
  }
  if (position !== bytes.length || sha256(bytes) !== expected.sha256) {
    throw new DamagedBytes(`${table} of ${id} are damaged: their sha256 is not the recorded one`);
  }
  return bytes;
}
