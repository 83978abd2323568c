/** The order of training rows: a shuffle that follows from (seed, epoch) alone, so that any epoch can be repeated. */
import { generator } from '../catalog/random';
import type { Parts } from './training-data';

/** Keeps the uses of one seed apart. */
export const purpose = { shuffle: 1, layer: 2, augmentation: 3, copy: 4, probe: 5 } as const;

/**
 * Fisher–Yates on a copy.
 * @param epoch from 1.
 */
export function shuffled(indices: Int32Array, seed: number, epoch: number): Int32Array {
  const next = generator(seed, purpose.shuffle, epoch);
  const order = Int32Array.from(indices);
  for (let i = order.length - 1; i > 0; i--) {
    // Multiply and shift (Lemire) without the rejection: the bias is below (i + 1) / 2³².
    const j = Math.floor((next() / 2 ** 32) * (i + 1));
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return order;
}

/**
 * The rows of an epoch in its order: the training rows, or one of the copies of each, drawn by (seed, epoch) too.
 * @param epoch from 1.
 */
export function trainingOrder({ training, copies }: Parts, seed: number, epoch: number): Int32Array {
  if (!copies) return shuffled(training, seed, epoch);
  const { first, count } = copies;
  const next = generator(seed, purpose.copy, epoch);
  const drawn = training.map((_, place) => first + place * count + Math.floor((next() / 2 ** 32) * count));
  return shuffled(drawn, seed, epoch);
}
