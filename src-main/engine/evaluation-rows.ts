/** How many rows a network is given at once where nothing is trained. */
import type * as tensorflow from '@tensorflow/tfjs';
import { isPretrained } from '../catalog';
import { evaluationBatch } from './training-data';

/** Fewer where a layer makes so much of each row that the usual number would fill the memory. */
export function evaluationRows(model: tensorflow.LayersModel): number {
  return Math.min(
    evaluationBatch,
    ...model.layers.map((layer) => (isPretrained(layer) ? layer.rowsAtOnce : evaluationBatch)),
  );
}
