/**
 * Networks of convolutions one after another, as pretrained ones for pictures are: written down as a table, counted, and
 * run. Batch normalization is part of the convolutions' weights, where it is a fixed factor and sum per channel.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../contract';
import type { TensorFlow } from './definition-parts';

/** A convolution with a bias, its edges filled with zeros ("same"). */
export interface Convolution {
  /** Depthwise: each channel by itself. */
  readonly kind: 'full' | 'depthwise';
  /** Side of its window. */
  readonly window: number;
  readonly stride: number;
  readonly channels: number;
  readonly filters: number;
  /** Whether min(max(x, 0), 6) follows. */
  readonly relu6: boolean;
}

/** Convolutions whose result is added to what came in, where `adds` says so. */
export interface StackBlock {
  readonly convolutions: readonly Convolution[];
  readonly adds: boolean;
}

/** A row of the table: `repeats` inverted residual blocks (Sandler et al. 2018), of which the first has the stride. */
export interface Stage {
  readonly expansion: number;
  readonly filters: number;
  readonly window: number;
  readonly stride: number;
  readonly repeats: number;
}

export function convolution(window: number, stride: number, channels: number, filters: number): Convolution {
  return { kind: 'full', window, stride, channels, filters, relu6: true };
}

/** The blocks of a table. @param channels that come in. */
export function invertedResiduals(stages: readonly Stage[], channels: number): readonly StackBlock[] {
  let width = channels;
  return stages.flatMap(({ expansion, filters, window, stride, repeats }) =>
    Array.from({ length: repeats }, (_, repeat): StackBlock => {
      const [input, inner, step] = [width, width * expansion, repeat === 0 ? stride : 1];
      width = filters;
      return {
        convolutions: [
          ...(expansion === 1 ? [] : [convolution(1, 1, input, inner)]),
          { ...convolution(window, step, inner, inner), kind: 'depthwise' },
          { ...convolution(1, 1, inner, filters), relu6: false },
        ],
        adds: step === 1 && input === filters,
      };
    }),
  );
}

/** Shape of a convolution's kernel; its bias has one value per filter. */
export function kernelShape({ kind, window, channels, filters }: Convolution): [number, number, number, number] {
  return kind === 'full' ? [window, window, channels, filters] : [window, window, channels, 1];
}

/** Values of a convolution's kernel and bias. */
export function weightCount(one: Convolution): number {
  return kernelShape(one).reduce((product, side) => product * side, 1) + one.filters;
}

export function countWeights(blocks: readonly StackBlock[]): number {
  return convolutionsOf(blocks).reduce((total, one) => total + weightCount(one), 0);
}

export function convolutionsOf(blocks: readonly StackBlock[]): readonly Convolution[] {
  return blocks.flatMap(({ convolutions }) => convolutions);
}

/** Shape after the blocks. @param side of a square picture. */
export function stackShape(blocks: readonly StackBlock[], side: number): Shape {
  const all = convolutionsOf(blocks);
  const after = all.reduce((size, { stride }) => Math.ceil(size / stride), side);
  return [after, after, all.at(-1)?.filters ?? 0];
}

/** Multiplications with an addition for one picture. @param side of a square picture. */
export function stackMultiplyAdds(blocks: readonly StackBlock[], side: number): number {
  let size = side;
  return convolutionsOf(blocks).reduce((total, one) => {
    size = Math.ceil(size / one.stride);
    return total + size * size * (weightCount(one) - one.filters);
  }, 0);
}

/** A kernel and a bias. */
export type StackWeights = readonly [kernel: tensorflow.Tensor, bias: tensorflow.Tensor];

/**
 * The blocks on a batch. What is no longer needed on the way is let go at once.
 * @param weights of each convolution in order. @param x `[batch, height, width, channels]`
 */
export function runStack(
  tf: TensorFlow,
  blocks: readonly StackBlock[],
  weights: readonly StackWeights[],
  x: tensorflow.Tensor4D,
): tensorflow.Tensor4D {
  let next = 0;
  return blocks.reduce((input, { convolutions, adds }) => {
    const output = convolutions.reduce((value, one) => {
      const own = weights[next++];
      if (!own) throw new Error('A convolution has no weights');
      return convolve(tf, one, own, value);
    }, input);
    return adds ? tf.add(output, input) : output;
  }, x);
}

function convolve(
  tf: TensorFlow,
  { kind, stride, relu6 }: Convolution,
  [kernel, bias]: StackWeights,
  x: tensorflow.Tensor4D,
): tensorflow.Tensor4D {
  return tf.tidy(() => {
    const filter = kernel as tensorflow.Tensor4D;
    const moved =
      kind === 'full' ? tf.conv2d(x, filter, stride, 'same') : tf.depthwiseConv2d(x, filter, stride, 'same');
    const sum: tensorflow.Tensor4D = tf.add(moved, bias);
    return relu6 ? tf.relu6(sum) : sum;
  });
}
