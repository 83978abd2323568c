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
  weightCount,
  type StackBlock,
  type StackWeights,
} from './convolution-stack';
import type { TensorFlow } from './definition-parts';
import { choice, integer, number } from './fields';
import type { ParameterCount, ShapeProblem } from './layer-definitions';
import type { LayerContext } from './own-layer';
import type { FrozenPart, PretrainedLayer, PretrainedSource, PretrainedWeights } from './pretrained';

export interface PictureStack {
  readonly blocks: readonly StackBlock[];
  /** Blocks at the end that "last blocks" trains. */
  readonly lastBlocks: number;
  /** The network takes (x − mean) / deviation of pixels from 0 to 255. */
  readonly pixels: { readonly mean: number; readonly deviation: number };
  /** Side of the pictures that it was trained on. */
  readonly side: number;
}

type Trained = 'frozen' | 'last' | 'all';

export interface PictureStackValues {
  readonly side: number;
  readonly trained: Trained;
  readonly copies: number;
  readonly rate: number;
}

/** @param side that pictures are brought to unless a person says otherwise; @param largest that its weights were learnt with. */
export function pictureStackFields(side: number, largest: number) {
  return {
    trained: choice<Trained>({
      label: { en: 'What is trained', zh: '训练哪些部分' },
      help: {
        en: 'Frozen: it stays as it is, and what it makes of a picture is computed once and kept. Last blocks or all of it: it is fitted to your pictures too, which takes longer and wants more of them.',
        zh: '冻结：它保持不变，每张图片的特征只计算一次并保存。最后几块或全部：它也会适应您的图片，用时更长，也需要更多图片。',
      },
      default: 'frozen',
      options: [
        { value: 'frozen', label: { en: 'Nothing: frozen', zh: '都不训练：冻结' } },
        { value: 'last', label: { en: 'Its last blocks', zh: '最后几块' } },
        { value: 'all', label: { en: 'All of it', zh: '全部' } },
      ],
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
    copies: integer({
      label: { en: 'Changed copies per picture', zh: '每张图片的变化副本数' },
      help: {
        en: 'Where augmentation is chosen and something is frozen: each training picture is changed this many times, what the frozen part makes of the copies is computed once, and each epoch draws one of them. Every copy takes as long to compute as the picture itself.',
        zh: '用于选择了数据增强且有冻结部分时：每张训练图片变化这么多次，冻结部分对各副本的特征只计算一次，每轮从中抽取一个。计算每个副本所需时间与图片本身相同。',
      },
      default: 4,
      minimum: 1,
      maximum: 64,
    }),
    rate: number({
      label: { en: 'Its share of the learning rate', zh: '学习率的比例' },
      help: {
        en: 'What the learning rate is multiplied by for its weights, where they are trained: what it knows should change slowly.',
        zh: '训练它的权重时，学习率要乘以这个数：已学到的知识应当缓慢改变。',
      },
      default: 0.1,
      minimum: 0.0001,
      maximum: 1,
      scale: 'log',
      advanced: true,
    }),
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

/** Kernel and bias of a convolution. */
type HeldWeights = readonly [tensorflow.LayerVariable, tensorflow.LayerVariable];

/** A file's values cut into the kernels and biases of the convolutions, in their order. */
function convolutionWeights({ blocks }: PictureStack, file: Float32Array) {
  let from = 0;
  return convolutionsOf(blocks).map((one, index) => {
    const own = file.subarray(from, (from += weightCount(one)));
    const size = own.length - one.filters;
    const kernel = { shape: kernelShape(one), values: own.subarray(0, size) };
    return { index, kernel, bias: own.subarray(size) };
  });
}

/** Some blocks of the network, the first of which the first weights belong to; the mean over all places behind the last one. */
function runHeld(
  tf: TensorFlow,
  stack: PictureStack,
  held: readonly HeldWeights[],
  blocks: readonly StackBlock[],
  x: tensorflow.Tensor4D,
): tensorflow.Tensor {
  const weights = held.map(([kernel, bias]): StackWeights => [kernel.read(), bias.read()]);
  const maps = runStack(tf, blocks, weights, x);
  return blocks.at(-1) === stack.blocks.at(-1) ? tf.mean(maps, [1, 2]) : maps;
}

interface PretrainedContext extends LayerContext {
  readonly pretrained?: PretrainedSource | undefined;
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
  { name, inputShape, pretrained }: PretrainedContext,
  { className, stack, weights, values }: NamedStack,
): tensorflow.layers.Layer {
  if (!pretrained) throw new Error(`${className} is built without its weights`);
  const source = pretrained;
  const parts = partsOf(stack, values);
  const frozenCount = convolutionsOf(parts.frozen).length;

  class PictureStackLayer extends tf.layers.Layer implements PretrainedLayer {
    static readonly className = className;
    readonly rate = values.rate;
    readonly fixedWeights: tensorflow.LayerVariable[] = [];
    rowsAtOnce = 32;
    private blocks = stack.blocks;
    private held: HeldWeights[] = [];

    override build(shape: tensorflow.Shape | tensorflow.Shape[]): void {
      const [, ...input] = shape as number[];
      const isSkipped = isFrozenOutput(stack, values, input);
      this.blocks = isSkipped ? parts.trained : stack.blocks;
      // The first maps are the large ones: 4.8 MB of a picture of 224 × 224 in EfficientNet.
      this.rowsAtOnce = isSkipped ? 256 : 32;
      const given = convolutionWeights(stack, source.read(weights)).slice(isSkipped ? frozenCount : 0);
      this.held = given.map(({ index, kernel, bias }) => {
        const isFrozen = index < frozenCount;
        const pair = [
          this.hold(`kernel_${index}`, kernel.shape, kernel.values, isFrozen),
          this.hold(`bias_${index}`, [bias.length], bias, isFrozen),
        ] as const;
        if (isFrozen) this.fixedWeights.push(...pair);
        return pair;
      });
      this.built = true;
    }

    private hold(weight: string, shape: number[], given: Float32Array, isFrozen: boolean): tensorflow.LayerVariable {
      const variable = this.addWeight(weight, shape, 'float32', tf.initializers.zeros(), undefined, !isFrozen);
      tf.tidy(() => {
        variable.write(tf.tensor(given, shape));
      });
      return variable;
    }

    override computeOutputShape(shape: tensorflow.Shape | tensorflow.Shape[]): tensorflow.Shape {
      return [(shape as tensorflow.Shape)[0] ?? null, featuresOf(stack)];
    }

    override call(inputs: tensorflow.Tensor | tensorflow.Tensor[]): tensorflow.Tensor {
      const input = (Array.isArray(inputs) ? inputs[0] : inputs) as tensorflow.Tensor4D;
      const isWhole = this.blocks === stack.blocks;
      return tf.tidy(() => {
        return runHeld(tf, stack, this.held, this.blocks, isWhole ? asLearnt(tf, stack, values, source, input) : input);
      });
    }

    frozenPart(input: tensorflow.Tensor): tensorflow.Tensor {
      const pictures = asLearnt(tf, stack, values, source, input as tensorflow.Tensor4D);
      return runHeld(tf, stack, this.held, parts.frozen, pictures);
    }
  }
  return new PictureStackLayer({ name, ...(inputShape ? { inputShape: [...inputShape] } : {}) });
}

/** Pictures as the weights know them: size, three channels, values. @param x `[batch, height, width, 1 or 3]`, as the network gets it. */
function asLearnt(
  tf: TensorFlow,
  { pixels }: PictureStack,
  { side }: PictureStackValues,
  { normalization }: PretrainedSource,
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
