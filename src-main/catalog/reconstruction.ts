/** What the networks that give their input back share: its comparison with the output, and networks through a narrow middle. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { LayerSpec, NetworkSpec, Shape, Target } from '../contract';
import type { TensorFlow } from './definition-parts';
import type { Presets } from './presets';
import { dense } from './task-parts';

/** As many outputs as one example has numbers. */
export function sizeOfExample(target: Target): number {
  return target.kind === 'reconstruction' ? target.size : 1;
}

/** The prepared inputs as rows of numbers, as the output has them. @param inputs `[batch, …]` @param output `[batch, size]` */
export function flatInputs(tf: TensorFlow, inputs: tensorflow.Tensor, output: tensorflow.Tensor): tensorflow.Tensor {
  return tf.reshape(inputs, output.shape);
}

/** `[batch]`: the mean of squared differences of each example. */
export function squaredErrors(
  tf: TensorFlow,
  inputs: tensorflow.Tensor,
  output: tensorflow.Tensor,
): tensorflow.Tensor1D {
  return tf.mean(tf.squaredDifference(flatInputs(tf, inputs, output), output), 1);
}

const product = (shape: Shape) => shape.reduce((total, side) => total * side, 1);
const between = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));
const flatten: LayerSpec = { id: 'flatten-1', type: 'flatten', fields: {} };

/**
 * Dense auto-encoders (Hinton & Salakhutdinov 2006) for rows and windows: a middle of a third of the numbers, so that only
 * what numbers have to do with each other comes through.
 */
export const densePresets: Presets = {
  tiny: (shape) => denseThrough(shape, []),
  balanced: (shape) => denseThrough(shape, [between(16, 2 * product(shape), 128)]),
  accurate: (shape) => {
    const wide = between(32, 4 * product(shape), 256);
    return denseThrough(shape, [wide, wide / 2]);
  },
};

/** @param widths of the layers before the middle; behind it they come back in turn. */
function denseThrough(shape: Shape, widths: readonly number[]): NetworkSpec {
  const size = product(shape);
  const middle = between(1, Math.round(size / 3), 32);
  const units = [...widths, middle, ...widths.toReversed()];
  return {
    layers: [
      ...(shape.length > 1 ? [flatten] : []),
      ...units.map((count, at) => ({ ...dense(at + 1, count, 'relu'), fields: bent(count, count === middle) })),
      dense(units.length + 1, size, 'linear', 'glorot-uniform'),
    ],
  };
}

/** The middle keeps both signs: half of what comes through would else be lost. */
function bent(units: number, isMiddle: boolean): LayerSpec['fields'] {
  return isMiddle
    ? { units, activation: 'linear', initializer: 'glorot-uniform' }
    : { units, activation: 'relu', initializer: 'he-normal' };
}

/** Numbers of a picture up to which every pixel gets weights of its own in the smallest network. */
const smallPicture = 32 * 32 * 3;

/** Numbers in the narrow middle of networks for pictures: a quarter of a very small one's. */
const pictureMiddle = (shape: Shape) => between(1, Math.round(product(shape) / 4), 64);

/**
 * Auto-encoders for pictures, whose brightness of 0 to 1 a sigmoid gives back; all but the smallest convolutional. The middle
 * is as wide as tells training digits of a class that was left out best by their distance from known ones (of 8 to 64; where
 * the reconstruction error ranks, 8 are better).
 */
export const picturePresets: Presets = {
  tiny: (shape) =>
    product(shape) <= smallPicture
      ? denseOverPicture(product(shape), pictureMiddle(shape), 128)
      : throughPicture(shape, { filters: 8, middle: pictureMiddle(shape) }),
  balanced: (shape) => throughPicture(shape, { filters: 16, middle: pictureMiddle(shape) }),
  accurate: (shape) => throughPicture(shape, { filters: 32, middle: pictureMiddle(shape) }),
};

interface Width {
  /** Of the first convolution; each further one has twice as many, at most 64. */
  readonly filters: number;
  /** Numbers in the narrow middle. */
  readonly middle: number;
}

/** Longest side of what the middle sees at once. */
const smallSide = 8;

/**
 * Convolutions that halve the picture until one window sees it whole; the same way back. Sides that are odd are halved by
 * windows that fit inside, as those are undone exactly; pictures of an odd and an even side are not halved.
 */
function throughPicture([height = 1, width = 1, channels = 1]: Shape, { filters, middle }: Width): NetworkSpec {
  const steps: { readonly padding: 'same' | 'valid'; readonly filters: number }[] = [];
  let [rows, columns] = [height, width];
  while (Math.max(rows, columns) > smallSide && (rows - columns) % 2 === 0 && Math.min(rows, columns) > 2) {
    const padding = rows % 2 === 0 ? 'same' : 'valid';
    steps.push({ padding, filters: Math.min(64, filters * 2 ** steps.length) });
    [rows, columns] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  }
  if (steps.length === 0) return denseOverPicture(height * width * channels, middle, 16 * filters);
  const window = Math.min(rows, columns);
  const down = steps.map((step, at) => convolution('conv2d', at + 1, { ...step, kernelSize: 3, stride: 2 }));
  const up = steps.map((_, at) => {
    const { padding } = steps[steps.length - 1 - at] ?? { padding: 'same' };
    const before = steps[steps.length - 2 - at]?.filters ?? filters;
    return convolution('conv2d-transpose', at + 2, { padding, filters: before, kernelSize: 3, stride: 2 });
  });
  const whole = { padding: 'valid' as const, kernelSize: window, stride: 1 };
  const deepest = steps.at(-1)?.filters ?? filters;
  return {
    layers: [
      ...down,
      convolution('conv2d', steps.length + 1, { ...whole, filters: middle, activation: 'linear' }),
      convolution('conv2d-transpose', 1, { ...whole, filters: deepest }),
      ...up,
      convolution('conv2d', steps.length + 2, {
        ...{ padding: 'same', filters: channels, kernelSize: 3, stride: 1, activation: 'sigmoid' },
      }),
      flatten,
    ],
  };
}

interface Painted {
  readonly padding: 'same' | 'valid';
  readonly filters: number;
  readonly kernelSize: number;
  readonly stride: number;
  readonly activation?: 'relu' | 'linear' | 'sigmoid';
}

function convolution(
  type: 'conv2d' | 'conv2d-transpose',
  number: number,
  { activation = 'relu', ...fields }: Painted,
): LayerSpec {
  const initializer = activation === 'relu' ? 'he-normal' : 'glorot-uniform';
  return { id: `${type}-${number}`, type, fields: { ...fields, activation, initializer } };
}

/** Every pixel through dense layers: small pictures, and those that cannot be halved evenly. @param wide units on either side */
function denseOverPicture(size: number, middle: number, wide: number): NetworkSpec {
  return {
    layers: [
      flatten,
      dense(1, wide, 'relu'),
      dense(2, middle, 'linear', 'glorot-uniform'),
      dense(3, wide, 'relu'),
      { id: 'dense-4', type: 'dense', fields: { units: size, activation: 'sigmoid', initializer: 'glorot-uniform' } },
    ],
  };
}
