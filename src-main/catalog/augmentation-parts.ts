/** What augmentations share: values drawn from a range, one per picture, and pictures kept between black and white. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Draws, TensorFlow } from './definitions';
import { number } from './fields';

/** @returns `[count]` values, uniform from `low` to `high`. */
export function between(
  tf: TensorFlow,
  draws: Draws,
  count: number,
  [low, high]: readonly [number, number],
): tensorflow.Tensor1D {
  return tf.add(tf.mul(draws.uniform([count]), high - low), low).as1D();
}

/** One value per picture as `[batch, 1, 1, 1]`, to be joined with all its pixels. */
export function perPicture(values: tensorflow.Tensor1D): tensorflow.Tensor4D {
  return values.reshape([values.size, 1, 1, 1]);
}

/** Values beyond black (0) and white (1) become those. */
export function keptInRange(tf: TensorFlow, pictures: tensorflow.Tensor4D): tensorflow.Tensor4D {
  return tf.clipByValue(pictures, 0, 1);
}

/** A share from 0 to `maximum`, as the field that says how far an augmentation goes. */
export const amountField = (start: number, maximum: number, help: { readonly en: string; readonly zh: string }) =>
  number({
    label: { en: 'Amount', zh: '幅度' },
    help,
    default: start,
    minimum: 0,
    maximum,
    scale: 'linear',
  });
