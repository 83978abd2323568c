/** Weights of the few best trials of a search, as they were after their best epoch, where several are to answer together. */
import type { z } from 'zod';
import { readChunks, sha256, writeChunks, type ChunkTable } from './blobs';
import { transaction, type Database } from './database';
import { fromJson, toJson } from './json';
import { manifestSchema } from './models';

const chunks: ChunkTable = { table: 'trial_weight_chunks', owner: 'weights_id' };

export interface TrialWeights {
  readonly number: number;
  readonly epoch: number;
  readonly manifest: z.output<typeof manifestSchema>;
  /** float32, little-endian. */
  readonly weights: Uint8Array;
}

interface WeightsRow {
  id: number;
  number: number;
  epoch: number;
  manifest: string;
  byte_length: number;
  sha256: string;
}

/** In the place of what the trial had. */
export function saveTrialWeights(
  db: Database,
  searchId: string,
  { number, epoch, manifest, weights }: TrialWeights,
): void {
  transaction(db, () => {
    db.prepare('DELETE FROM trial_weights WHERE search_id = ? AND number = ?').run(searchId, number);
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO trial_weights (search_id, number, epoch, manifest, byte_length, sha256) VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(searchId, number, epoch, toJson(manifest), weights.byteLength, sha256(weights));
    writeChunks(db, chunks, Number(lastInsertRowid), weights);
  });
}

/** Drops those of all other trials. */
export function keepTrialWeightsOf(db: Database, searchId: string, numbers: readonly number[]): void {
  db.prepare('DELETE FROM trial_weights WHERE search_id = ? AND number NOT IN (SELECT value FROM json_each(?))').run(
    searchId,
    JSON.stringify(numbers),
  );
}

/** @throws DamagedBytes */
export function listTrialWeights(db: Database, searchId: string): TrialWeights[] {
  const rows = db
    .prepare<[string], WeightsRow>('SELECT * FROM trial_weights WHERE search_id = ? ORDER BY number')
    .all(searchId);
  return rows.map((row) => ({
    number: row.number,
    epoch: row.epoch,
    manifest: fromJson(manifestSchema, row.manifest, 'trial_weights.manifest'),
    weights: readChunks(db, chunks, row.id, { byteLength: row.byte_length, sha256: row.sha256 }),
  }));
}
