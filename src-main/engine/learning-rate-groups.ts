/** Weights by what the learning rate is multiplied by for them: what was learnt before may change more slowly than the rest. */
import type * as tensorflow from '@tensorflow/tfjs';
import { isPretrained } from '../catalog';

export interface LearningRateGroups {
  /** Of each group. */
  readonly factors: readonly number[];
  /** By the place of a trainable weight in the model, the place of its group. */
  readonly groupOf: readonly number[];
}

export function learningRateGroups(model: tensorflow.LayersModel): LearningRateGroups {
  const each = model.layers.flatMap((layer) => {
    return layer.trainableWeights.map(() => (isPretrained(layer) ? layer.rate : 1));
  });
  const factors = [...new Set(each)];
  return { factors, groupOf: each.map((factor) => factors.indexOf(factor)) };
}
