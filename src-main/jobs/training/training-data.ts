/** A run's data as its training takes it: opened from the library, prepared into its cache where it must be. */
import { join } from 'node:path';
import type { Run } from '../../contract';
import { openPrepared, residentShare, type OpenedData } from '../../data/open-prepared';
import type { PreparedData } from '../../data/prepared';
import type { TensorPlace } from '../../data/tensor-cache';
import type { TrainingData } from '../../engine/training-data';
import { getVersion } from '../../storage/datasets';
import type { Library } from '../../storage/library';
import type { JobContext } from '../definition';

/**
 * @returns data whose `close` is the caller's to call.
 * @throws CodedError as `openPrepared`
 */
export async function openTrainingData(
  { library, signal, progress }: Pick<JobContext, 'library' | 'signal' | 'progress'>,
  { data }: Pick<Run, 'data'>,
): Promise<OpenedData> {
  return openPrepared(library, getVersion(library.db, data.versionId), data, {
    place: placeOfTensors(library),
    signal,
    progress: (done, total) => progress({ stage: 'prepare', done, total, unit: 'rows' }),
    // For measurements: 0 reads all data batch by batch, however small.
    share: Number(process.env['TANDEM_RESIDENT_SHARE'] ?? residentShare),
  });
}

/** Where prepared inputs are kept. */
export function placeOfTensors({ paths }: Library): TensorPlace {
  return { folder: join(paths.cache, 'tensors'), temporary: paths.temporary };
}

export function trainingData(prepared: PreparedData): TrainingData {
  const { preparation, inputShape, inputs, scale, normalization, target, targets, targetWidth, weights } = prepared;
  return {
    inputShape,
    inputs,
    scale,
    normalization,
    targets,
    targetWidth,
    isReconstructed: target.kind === 'reconstruction',
    weights,
    targetScale: preparation.targetScale,
  };
}
