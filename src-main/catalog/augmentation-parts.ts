/** What augmentations share: what they fit, values drawn from a range, one per picture, and pictures kept in their range. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { AugmentationDefinition, Draws, TaskDefinition, TensorFlow } from './definitions';
import { number } from './fields';

const fitting: Readonly<Record<AugmentationDefinition['kind'], readonly TaskDefinition['input'][]>> = {
  geometry: ['picture'],
  pixels: ['picture'],
  spectrograms: ['sound'],
  values: ['table'],
  examples: ['picture', 'sound', 'table'],
  codes: ['text', 'ratings'],
};

/** What a person calls the examples that an augmentation is for. */
const words: Readonly<Record<TaskDefinition['input'], string>> = {
  picture: 'pictures',
  sound: 'sounds',
  table: 'tables',
  text: 'texts',
  ratings: 'ratings',
  steps: 'time steps',
  series: 'series',
};

export function fittingWords({ kind }: Pick<AugmentationDefinition, 'kind'>): string {
  return fitting[kind].map((input) => words[input]).join(', ');
}

/** Whether it can be done to such examples. */
export function augmentationFits(
  { kind }: Pick<AugmentationDefinition, 'kind'>,
  input: TaskDefinition['input'],
): boolean {
  return fitting[kind].includes(input);
}

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

/** The same with each example's place taken by the one after it in the batch, the last one's by the first. */
export function fromNext<Some extends tensorflow.Tensor>(tf: TensorFlow, examples: Some): Some {
  const [count = 0] = examples.shape;
  if (count < 2) return examples;
  return tf.concat([tf.slice(examples, 1, count - 1), tf.slice(examples, 0, 1)], 0);
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
