/** Inner maps of a pretrained network for pictures, which say what is where: of several blocks in one pass. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../contract';
import {
  convolutionsOf,
  kernelShape,
  runStack,
  weightCount,
  type StackBlock,
  type StackWeights,
} from './convolution-stack';
import type { TensorFlow } from './definition-parts';
import type { PictureStack } from './pretrained-pictures';

export interface MapLevel {
  /** Blocks of the network up to it. */
  readonly blocks: number;
  /** Pixels of the picture to one cell. */
  readonly stride: number;
  readonly channels: number;
}

/** The last maps of each stride from `least` on. Every block in front of them is a convolution of the picture. */
export function mapLevels({ blocks }: PictureStack, least: number): readonly MapLevel[] {
  let stride = 1;
  const all = blocks.slice(0, -1).map((block, place) => {
    stride *= convolutionsOf([block]).reduce((product, one) => product * one.stride, 1);
    return { blocks: place + 1, stride, channels: convolutionsOf([block]).at(-1)?.filters ?? 0 };
  });
  return all.filter((level, place) => level.stride >= least && all[place + 1]?.stride !== level.stride);
}

/** Shape of a level's map of one picture. @param size in pixels, whole cells. */
export function mapShape(
  { stride, channels }: MapLevel,
  size: { readonly width: number; readonly height: number },
): Shape {
  return [size.height / stride, size.width / stride, channels];
}

/** Kernels and biases out of a file's values, up to the last block that a level needs. */
export function mapWeights(
  tf: TensorFlow,
  { blocks }: PictureStack,
  levels: readonly MapLevel[],
  values: Float32Array,
): StackWeights[] {
  let at = 0;
  return convolutionsOf(blocks.slice(0, levels.at(-1)?.blocks)).map((one) => {
    const [start, end] = [at, (at += weightCount(one))];
    const kernel = tf.tensor4d(values.subarray(start, end - one.filters), kernelShape(one));
    return [kernel, tf.tensor1d(values.subarray(end - one.filters, end))] as const;
  });
}

/** @param pixels `[batch, height, width, 3]`, 0 to 255. Call inside `tf.tidy`. */
export function runMaps(
  tf: TensorFlow,
  { blocks, pixels: { mean, deviation } }: PictureStack,
  levels: readonly MapLevel[],
  weights: readonly StackWeights[],
  pixels: tensorflow.Tensor4D,
): tensorflow.Tensor4D[] {
  let x: tensorflow.Tensor4D = tf.div(tf.sub(pixels, mean), deviation);
  let [block, convolution] = [0, 0];
  return levels.map((level) => {
    const next: readonly StackBlock[] = blocks.slice(block, level.blocks);
    const { length } = convolutionsOf(next);
    x = runStack(tf, next, weights.slice(convolution, convolution + length), x);
    block = level.blocks;
    convolution += length;
    return x;
  });
}
