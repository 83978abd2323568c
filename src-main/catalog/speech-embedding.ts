/**
 * Google's speech embedding (Lin, Kilgour, Roblek and Sharifi 2020, "Training keyword spotters with limited and synthesized
 * speech data"): convolutions over 76 frames of a spectrogram, by turns across pitch and along time, that give 96 numbers.
 * Nothing is filled up along time, so that run over a longer sound it gives the numbers of every window, 8 frames apart, at
 * once; their mean stands for the sound.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../contract';
import type { TensorFlow } from './definition-parts';
import type { NamedShape } from './pretrained-layer';

/** What it sees at once, and how far apart the windows are, in frames. */
export const frames = { window: 76, hop: 8 } as const;

/**
 * Values of the spectrogram that it takes are log₁₀ of power plus 2. The preparation gives them standardized by fixed numbers,
 * about those of spoken words, in natural logarithms; `centre` and `spread` take that back.
 */
const [centre, spread] = [5, 2.5];
export const spectrum = {
  bands: 32,
  standard: { mean: (centre - 2) * Math.LN10, standardDeviation: spread * Math.LN10 },
} as const;

interface Convolution {
  /** Along time and across pitch. Across pitch the edges are filled with zeros. */
  readonly window: readonly [number, number];
  readonly channels: number;
  readonly filters: number;
  /** The last one has neither a bias nor an activation. */
  readonly isLast: boolean;
}

interface Block {
  readonly convolutions: readonly Convolution[];
  /** Of how many frames and bands the largest is taken; null behind the last. */
  readonly pool: readonly [number, number] | null;
}

const across = [1, 3] as const;
const along = [3, 1] as const;

function block(
  windows: readonly (readonly [number, number])[],
  channels: number,
  filters: number,
  pool: readonly [number, number],
): Block {
  const convolutions = windows.map((window, place): Convolution => {
    return { window, channels: place === 0 ? channels : filters, filters, isLast: false };
  });
  return { convolutions, pool };
}

const four = [across, along, across, along];
const blocks: readonly Block[] = [
  block([[3, 3], across, along], 1, 24, [2, 2]),
  block(four, 24, 48, [1, 2]),
  block(four, 48, 72, [2, 2]),
  block(four, 72, 96, [1, 2]),
  block(four, 96, 96, [2, 2]),
  { convolutions: [{ window: along, channels: 96, filters: 96, isLast: true }], pool: null },
];
export const features = 96;

/** Blocks that stay as they are where the last are trained: the fifth and the last convolution are. */
const FROZEN_BLOCKS = 4;

const convolutions = (some: readonly Block[]) => some.flatMap((one) => one.convolutions);

function tensorsOf(some: readonly Block[]): NamedShape[] {
  return convolutions(some).flatMap(({ window, channels, filters, isLast }, place) => [
    { name: `kernel_${place}`, shape: [...window, channels, filters] },
    ...(isLast ? [] : [{ name: `bias_${place}`, shape: [filters] }]),
  ]);
}

/** All that the file holds, in its order, and those of the blocks that the last ones follow. */
export const tensors = tensorsOf(blocks);
export const firstTensors = tensorsOf(blocks.slice(0, FROZEN_BLOCKS));

/** What a stretch of blocks makes of a shape, and what it costs in multiplications with an addition. */
function passed(some: readonly Block[], input: Shape): { readonly shape: Shape; readonly multiplyAdds: number } {
  let [time = 0, pitch = 0, depth = 1] = input;
  let multiplyAdds = 0;
  for (const { convolutions: own, pool } of some) {
    for (const { window, channels, filters } of own) {
      time -= window[0] - 1;
      depth = filters;
      multiplyAdds += time * pitch * window[0] * window[1] * channels * filters;
    }
    time = Math.floor(time / (pool?.[0] ?? 1));
    pitch = Math.floor(pitch / (pool?.[1] ?? 1));
  }
  return { shape: [time, pitch, depth], multiplyAdds };
}

/** What the first blocks give of a spectrogram. @param input `[frames, 32, 1]` */
export function shapeAfterFirst(input: Shape): Shape {
  return passed(blocks.slice(0, FROZEN_BLOCKS), input).shape;
}

/** Of one example: a spectrogram, or what the first blocks gave of one where only those that follow are run. */
export function multiplyAddsOf(portion: 'whole' | 'rest', input: Shape): number {
  return passed(portion === 'whole' ? blocks : blocks.slice(FROZEN_BLOCKS), input).multiplyAdds;
}

/** @param x `[batch, frames, 32, 1]`, standardized as `spectrum` says. */
export function asLearnt(tf: TensorFlow, x: tensorflow.Tensor): tensorflow.Tensor4D {
  return tf.add(tf.mul(x, spread), centre);
}

/** @param weights of the blocks that are run, as `tensors` lists them. @returns the maps of the last of them. */
export function throughBlocks(
  tf: TensorFlow,
  portion: 'whole' | 'first' | 'rest',
  weights: readonly tensorflow.Tensor[],
  x: tensorflow.Tensor4D,
): tensorflow.Tensor4D {
  const run: readonly Block[] = {
    whole: blocks,
    first: blocks.slice(0, FROZEN_BLOCKS),
    rest: blocks.slice(FROZEN_BLOCKS),
  }[portion];
  let next = 0;
  const own = () => {
    const weight = weights[next++];
    if (!weight) throw new Error('A convolution has no weights');
    return weight;
  };
  return run.reduce<tensorflow.Tensor4D>((input, { convolutions: all, pool }) => {
    const maps = all.reduce<tensorflow.Tensor4D>((value, one) => {
      const kernel = own() as tensorflow.Tensor4D;
      return convolve(tf, one, [kernel, one.isLast ? null : own()], value);
    }, input);
    return pool ? tf.maxPool(maps, [...pool], [...pool], 'valid') : maps;
  }, x);
}

function convolve(
  tf: TensorFlow,
  { window: [height, width] }: Convolution,
  [kernel, bias]: readonly [tensorflow.Tensor4D, tensorflow.Tensor | null],
  x: tensorflow.Tensor4D,
): tensorflow.Tensor4D {
  return tf.tidy(() => {
    const side = (width - 1) / 2;
    const isFilled = side > 0 && height > 1;
    const filled: tensorflow.Tensor4D = isFilled ? tf.pad(x, [[0, 0], [0, 0], [side, side], [0, 0]]) : x; // prettier-ignore
    const moved = tf.conv2d(filled, kernel, 1, height > 1 ? 'valid' : 'same');
    if (!bias) return moved;
    // What would be below -2 before the leak counts as that.
    return tf.maximum(tf.leakyRelu(tf.add(moved, bias) as tensorflow.Tensor4D, 0.2), -0.4);
  });
}

/** The mean over the windows, `[batch, 96]`. @param maps `[batch, windows, 1, 96]` */
export function overWindows(tf: TensorFlow, maps: tensorflow.Tensor4D): tensorflow.Tensor {
  return tf.mean(maps, [1, 2]);
}
