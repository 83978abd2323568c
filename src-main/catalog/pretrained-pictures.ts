/**
 * A pretrained network for pictures as one layer: it takes pictures of any size and of one or three channels, brings them to
 * the size and the values that its weights were learnt with, and gives the mean of its last feature maps. Instead of pictures
 * it also takes what its own frozen part made of them: so training skips what never changes.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../contract';
import {
  convolutionsOf,
  countWeights,
  kernelShape,
  runStack,
  stackMultiplyAdds,
  stackShape,
  type StackBlock,
  type StackWeights,
} from './convolution-stack';
import type { TensorFlow } from './definition-parts';
import { integer } from './fields';
import type { ParameterCount, ShapeProblem } from './layer-definitions';
import type { FrozenPart, PretrainedWeights } from './pretrained';
import {
  pretrainedLayer,
  copiesOfPretrainedField,
  rateOfPretrainedField,
  trainedField,
  type NamedShape,
  type PretrainedContext,
  type Trained,
} from './pretrained-layer';
import type { Normalization } from './step-definitions';

export interface PictureStack {
  readonly blocks: readonly StackBlock[];
  /** Blocks at the end that "last blocks" trains. */
  readonly lastBlocks: number;
  /** The network takes (x − mean) / deviation of pixels from 0 to 255. */
  readonly pixels: { readonly mean: number; readonly deviation: number };
  /** Side of the pictures that it was trained on. */
  readonly side: number;
}

export interface PictureStackValues {
  readonly side: number;
  readonly trained: Trained;
  readonly copies: number;
  readonly rate: number;
}

/** @param side that pictures are brought to unless a person says otherwise; @param largest that its weights were learnt with. */
export function pictureStackFields(side: number, largest: number) {
  return {
    trained: trainedField({
      en: 'Frozen: it stays as it is, and what it makes of a picture is computed once and kept. Last blocks or all of it: it is fitted to your pictures too, which takes longer and wants more of them.',
      zh: '冻结：它保持不变，每张图片的特征只计算一次并保存。最后几块或全部：它也会适应您的图片，用时更长，也需要更多图片。',
    }),
    side: integer({
      label: { en: 'Picture size', zh: '图片尺寸' },
      help: {
        en: `Pictures are stretched to a square of this many pixels a side. It learnt at ${largest}; half of that is four times as fast and a little less accurate. Pictures of 32 × 32 (CIFAR-10) are told apart as well at 160 as at 224.`,
        zh: `图片会被拉伸为边长这么多像素的正方形。它是在 ${largest} 像素下学习的；减半则快四倍，准确率略低。对 32 × 32 的图片（CIFAR-10），160 与 224 的效果相当。`,
      },
      default: side,
      minimum: 32,
      maximum: largest,
    }),
    copies: copiesOfPretrainedField,
    rate: rateOfPretrainedField,
  };
}

/** Blocks that stay as they are, and those that are trained. */
function partsOf({ blocks, lastBlocks }: PictureStack, { trained }: PictureStackValues) {
  const count = { frozen: blocks.length, last: blocks.length - lastBlocks, all: 0 }[trained];
  return { frozen: blocks.slice(0, count), trained: blocks.slice(count) };
}

function featuresOf({ blocks }: PictureStack): number {
  return convolutionsOf(blocks).at(-1)?.filters ?? 0;
}

export function frozenPartOf(stack: PictureStack, values: PictureStackValues): FrozenPart | null {
  const { trained, side, copies } = values;
  if (trained === 'all') return null;
  const isWhole = trained === 'frozen';
  const shape = isWhole ? [featuresOf(stack)] : stackShape(partsOf(stack, values).frozen, side);
  return { isWhole, shape, settings: [side], copies };
}

/** Whether that is what its frozen part gives, and no picture. */
function isFrozenOutput(stack: PictureStack, values: PictureStackValues, input: Shape): boolean {
  const frozen = frozenPartOf(stack, values);
  return frozen !== null && !frozen.isWhole && frozen.shape.join() === input.join();
}

export function pictureStackShape(stack: PictureStack, values: PictureStackValues, input: Shape): Shape | ShapeProblem {
  const [, , channels] = input;
  const isPicture = input.length === 3 && (channels === 1 || channels === 3);
  if (isPicture || isFrozenOutput(stack, values, input)) return [featuresOf(stack)];
  const shape = input.join(' × ');
  return {
    problem: {
      en: `A pretrained network for pictures takes pictures in grey or colour (height × width × 1 or 3), but gets the shape ${shape}. Put it first, on the pictures themselves.`,
      zh: `预训练的图片网络只接收灰度或彩色图片（高 × 宽 × 1 或 3），但得到的形状是 ${shape}。请把它放在最前面，直接接收图片。`,
    },
  };
}

export function pictureStackParameters(stack: PictureStack, values: PictureStackValues, input: Shape): ParameterCount {
  const { frozen, trained } = partsOf(stack, values);
  const fixed = isFrozenOutput(stack, values, input) ? 0 : countWeights(frozen);
  return { trainable: countWeights(trained), fixed };
}

export function pictureStackMultiplyAdds(stack: PictureStack, values: PictureStackValues, input: Shape): number {
  const whole = stackMultiplyAdds(stack.blocks, values.side);
  if (!isFrozenOutput(stack, values, input)) return whole;
  return whole - stackMultiplyAdds(partsOf(stack, values).frozen, values.side);
}

/** A file's kernels and biases, convolution by convolution. */
function tensorsOf({ blocks }: PictureStack): NamedShape[] {
  return convolutionsOf(blocks).flatMap((one, index) => [
    { name: `kernel_${index}`, shape: kernelShape(one) },
    { name: `bias_${index}`, shape: [one.filters] },
  ]);
}

interface NamedStack {
  /** Names the kind of layer to tfjs. */
  readonly className: string;
  readonly stack: PictureStack;
  readonly weights: PretrainedWeights;
  readonly values: PictureStackValues;
}

/** @throws CodedError as `PretrainedSource.read` */
export function pictureStackLayer(
  tf: TensorFlow,
  context: PretrainedContext,
  { className, stack, weights, values }: NamedStack,
): tensorflow.layers.Layer {
  const parts = partsOf(stack, values);
  const blocks = { whole: stack.blocks, frozen: parts.frozen, rest: parts.trained };
  return pretrainedLayer(tf, context, {
    ...{ className, weights, rate: values.rate, features: featuresOf(stack) },
    tensors: tensorsOf(stack),
    frozenTensors: 2 * convolutionsOf(parts.frozen).length,
    // The first maps are the large ones: 4.8 MB of a picture of 224 × 224 in EfficientNet.
    rowsAtOnce: { whole: 32, rest: 256 },
    isFrozenOutput: (input) => isFrozenOutput(stack, values, input),
    run(portion, held, input, { normalization }) {
      const x = input as tensorflow.Tensor4D;
      const maps = runStack(
        tf,
        blocks[portion],
        inPairs(held),
        portion === 'rest' ? x : asLearnt(tf, stack, values, normalization, x),
      );
      // Behind the last block there is one number for each map, wherever in the picture it was found.
      return blocks[portion].at(-1) === stack.blocks.at(-1) ? tf.mean(maps, [1, 2]) : maps;
    },
  });
}

function inPairs(weights: readonly tensorflow.Tensor[]): StackWeights[] {
  return weights.flatMap((kernel, at) => {
    const bias = weights[at + 1];
    return at % 2 === 0 && bias ? [[kernel, bias] as const] : [];
  });
}

/** Pictures as the weights know them: size, three channels, values. @param x `[batch, height, width, 1 or 3]`, as the network gets it. */
function asLearnt(
  tf: TensorFlow,
  { pixels }: PictureStack,
  { side }: PictureStackValues,
  normalization: Normalization | null,
  x: tensorflow.Tensor4D,
): tensorflow.Tensor4D {
  const [, height, width, channels] = x.shape;
  const raw: tensorflow.Tensor4D = normalization
    ? tf.add(tf.mul(x, tf.tensor1d([...normalization.deviation])), tf.tensor1d([...normalization.mean]))
    : x;
  // From 0 to 1 to what was learnt: (255·x − mean) / deviation.
  const scaled: tensorflow.Tensor4D = tf.sub(tf.mul(raw, 255 / pixels.deviation), pixels.mean / pixels.deviation);
  const isRight = height === side && width === side;
  const sized = isRight ? scaled : tf.image.resizeBilinear(scaled, [side, side], false, true);
  return channels === 1 ? tf.concat([sized, sized, sized], 3) : sized;
}
