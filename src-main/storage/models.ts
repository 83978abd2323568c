/** Saved models: the weights as float32 bytes in layer order, and all that is needed to use them in another process. */
import { z } from 'zod';
import { CodedError, modelInfoSchema, networkSpecSchema, type ModelInfo, type NetworkSpec } from '../contract';
import { readChunks, sha256, writeChunks, type ChunkTable } from './blobs';
import { transaction, type Database } from './database';
import { fromJson, toJson } from './json';

const chunks: ChunkTable = { table: 'model_chunks', owner: 'run_id' };

/** The weights one after another, as they follow in the bytes. */
export const manifestSchema = z.array(z.object({ name: z.string(), shape: z.array(z.number().int().min(0)) }));
type WeightManifest = z.infer<typeof manifestSchema>;

export interface NewModel {
  /** `bytes` and `sha256` are worked out here. */
  readonly info: Omit<ModelInfo, 'bytes' | 'sha256'>;
  /** The recipe by which inputs are made; its owner knows its shape. */
  readonly preparation: unknown;
  readonly network: NetworkSpec;
  readonly manifest: WeightManifest;
  /** float32, little-endian. */
  readonly weights: Uint8Array;
}

interface StoredModel {
  readonly info: ModelInfo;
  readonly preparation: unknown;
  readonly network: NetworkSpec;
  readonly manifest: WeightManifest;
  readonly weights: Uint8Array;
}

interface ModelRow {
  info: string;
  preparation: string;
  network: string;
  manifest: string;
  byte_length: number;
  sha256: string;
}

/** Keeps a run's model in the place of the one it had; the two are never mixed. */
export function saveModel(db: Database, model: NewModel): void {
  const { runId } = model.info;
  const hash = sha256(model.weights);
  const info: ModelInfo = { ...model.info, bytes: model.weights.byteLength, sha256: hash };
  transaction(db, () => {
    db.prepare('DELETE FROM models WHERE run_id = ?').run(runId);
    db.prepare(
      `INSERT INTO models (run_id, info, preparation, network, manifest, byte_length, sha256)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      runId,
      toJson(info),
      toJson(model.preparation),
      toJson(model.network),
      toJson(model.manifest),
      info.bytes,
      hash,
    );
    writeChunks(db, chunks, runId, model.weights);
  });
}

export function hasModel(db: Database, runId: string): boolean {
  return db.prepare('SELECT 1 FROM models WHERE run_id = ?').get(runId) !== undefined;
}

/** @throws CodedError `not-found` for an unknown run, `run-without-model` where no epoch was completed */
export function getModelInfo(db: Database, runId: string): ModelInfo {
  return fromJson(modelInfoSchema, modelRow(db, runId).info, 'models.info');
}

/**
 * The weights' sha256 is checked.
 * @throws CodedError `not-found`, `run-without-model`; Error where the bytes are damaged
 */
export function loadModel(db: Database, runId: string): StoredModel {
  // One reading transaction, as training may replace the model in between.
  return db.transaction(() => {
    const row = modelRow(db, runId);
    return {
      info: fromJson(modelInfoSchema, row.info, 'models.info'),
      preparation: JSON.parse(row.preparation) as unknown,
      network: fromJson(networkSpecSchema, row.network, 'models.network'),
      manifest: fromJson(manifestSchema, row.manifest, 'models.manifest'),
      weights: readChunks(db, chunks, runId, { byteLength: row.byte_length, sha256: row.sha256 }),
    };
  })();
}

/** The recipe of a run's inputs alone, without its weights; null where no epoch was completed. */
export function findModelRecipe(db: Database, runId: string): unknown {
  const row = db.prepare<[string], string>('SELECT preparation FROM models WHERE run_id = ?').pluck().get(runId);
  return row === undefined ? null : (JSON.parse(row) as unknown);
}

function modelRow(db: Database, runId: string): ModelRow {
  const row = db
    .prepare<[string], ModelRow>(
      'SELECT info, preparation, network, manifest, byte_length, sha256 FROM models WHERE run_id = ?',
    )
    .get(runId);
  if (row) return row;
  const run = db.prepare<[string], { name: string }>('SELECT name FROM runs WHERE id = ?').get(runId);
  if (!run) throw new CodedError('not-found', { what: 'run', id: runId });
  throw new CodedError('run-without-model', { name: run.name });
}
