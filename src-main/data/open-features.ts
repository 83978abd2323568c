/** What a network's frozen beginning makes of each row of a version: computed once, kept in the cache of prepared tensors. */
import { createHash } from 'node:crypto';
import type { DatasetVersion } from '../contract';
import { keyOf, openCached, type OpenOptions } from './open-prepared';
import type { Preparation } from './prepared';
import type { RowFile } from './row-file';
import type { FillTensor } from './tensor-cache';

/** To be raised when the same weights give other features than before. */
const COMPUTING = 1;

export interface FeatureRecipe {
  /** All that features depend on besides the prepared rows. */
  readonly from: readonly unknown[];
  /** How many there are features of. */
  readonly rows: number;
  /** Values per row. */
  readonly size: number;
}

export interface OpenedFeatures {
  /** `rows × size` values, row after row. */
  readonly inputs: Float32Array | RowFile;
  /** Whether they were computed now. */
  readonly made: boolean;
  close(): Promise<void>;
}

/**
 * @param fill computes the features of the rows in their order.
 * @throws CodedError `prepared-no-space`, `disk-full`; what `fill` throws
 */
export async function openFeatures(
  version: DatasetVersion,
  preparation: Preparation,
  { from, rows, size }: FeatureRecipe,
  options: Omit<OpenOptions, 'progress'>,
  fill: FillTensor,
): Promise<OpenedFeatures> {
  const recipe = JSON.stringify([COMPUTING, keyOf(version, preparation), from, size]);
  const key = createHash('sha256').update(recipe).digest('hex');
  const shape = { key, type: 'float32' as const, rows, size };
  const { opened, made } = await openCached(shape, version.datasetName, options, fill);
  if (opened) return { inputs: opened, made, close: () => opened.close() };
  const all = new Float32Array(rows * size);
  let at = 0;
  await fill((values) => {
    all.set(values, at);
    at += values.length;
    return Promise.resolve();
  });
  return { inputs: all, made, close: () => Promise.resolve() };
}
