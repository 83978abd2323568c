/**
 * A network that was trained before as one layer: it holds the weights that a file brings, of which some never change, and
 * instead of data it also takes what its own frozen part made of them: so training skips what never changes.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../contract';
import type { TensorFlow } from './definition-parts';
import { choice, integer, number } from './fields';
import type { LayerContext } from './own-layer';
import type { PretrainedLayer, PretrainedSource, PretrainedWeights } from './pretrained';

export type Trained = 'frozen' | 'last' | 'all';

/** @param help what each choice means for this network. */
export function trainedField(help: { readonly en: string; readonly zh: string }) {
  return choice<Trained>({
    label: { en: 'What is trained', zh: '训练哪些部分' },
    help,
    default: 'frozen',
    options: [
      { value: 'frozen', label: { en: 'Nothing: frozen', zh: '都不训练：冻结' } },
      { value: 'last', label: { en: 'Its last blocks', zh: '最后几块' } },
      { value: 'all', label: { en: 'All of it', zh: '全部' } },
    ],
  });
}

/** What of it is trained, behind its main setting. */
export const trainedWords = {
  frozen: { en: 'frozen', zh: '冻结' },
  last: { en: 'last blocks trained', zh: '训练最后几块' },
  all: { en: 'all trained', zh: '全部训练' },
} as const;

/** As `FrozenPart.copies`. */
export const copiesOfPretrainedField = integer({
  label: { en: 'Changed copies per example', zh: '每个样本的变化副本数' },
  help: {
    en: 'Where augmentation is chosen and something is frozen: each training example is changed this many times, what the frozen part makes of the copies is computed once and kept, and each epoch draws one of them. Every copy takes as long to compute as the example itself.',
    zh: '用于选择了数据增强且有冻结部分时：每个训练样本变化这么多次，冻结部分对各副本的特征只计算一次并保存，每轮从中抽取一个。计算每个副本所需时间与样本本身相同。',
  },
  default: 4,
  minimum: 1,
  maximum: 64,
});

export const rateOfPretrainedField = number({
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
});

export interface PretrainedContext extends LayerContext {
  readonly pretrained?: PretrainedSource | undefined;
}

/** A tensor of a file of weights. */
export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/** What of the network is run: all of it, what never changes, or what follows that. */
export type Portion = 'whole' | 'frozen' | 'rest';

export interface PretrainedNetwork {
  /** Names the kind of layer to tfjs. */
  readonly className: string;
  readonly weights: PretrainedWeights;
  /** All that the file holds, in its order, and how many of them at the beginning never change. */
  readonly tensors: readonly NamedShape[];
  readonly frozenTensors: number;
  /** What the learning rate of the others is multiplied by. */
  readonly rate: number;
  /** How many numbers it gives of an example. */
  readonly features: number;
  /** Rows that fit into memory while nothing is trained. */
  readonly rowsAtOnce: Readonly<Record<'whole' | 'rest', number>>;
  /** Whether that is what the frozen part gives, and no data. @param input shape of one example. */
  readonly isFrozenOutput: (input: Shape) => boolean;
  /** As `PretrainedLayer.stepsOf`. */
  readonly stepsOf?: PretrainedLayer['stepsOf'];
  /** @param weights of what is run, in the file's order. Called inside `tf.tidy`. */
  readonly run: (
    portion: Portion,
    weights: readonly tensorflow.Tensor[],
    input: tensorflow.Tensor,
    source: PretrainedSource,
  ) => tensorflow.Tensor;
}

/** @throws CodedError as `PretrainedSource.read` */
export function pretrainedLayer(
  tf: TensorFlow,
  { name, inputShape, pretrained }: PretrainedContext,
  network: PretrainedNetwork,
): tensorflow.layers.Layer {
  if (!pretrained) throw new Error(`${network.className} is built without its weights`);
  const source = pretrained;
  const { frozenTensors } = network;

  class Pretrained extends tf.layers.Layer implements PretrainedLayer {
    static readonly className = network.className;
    readonly rate = network.rate;
    readonly stepsOf = network.stepsOf;
    readonly fixedWeights: tensorflow.LayerVariable[] = [];
    rowsAtOnce = network.rowsAtOnce.whole;
    private portion: 'whole' | 'rest' = 'whole';
    private held: readonly tensorflow.LayerVariable[] = [];

    override build(shape: tensorflow.Shape | tensorflow.Shape[]): void {
      const [, ...input] = shape as number[];
      this.portion = network.isFrozenOutput(input) ? 'rest' : 'whole';
      this.rowsAtOnce = network.rowsAtOnce[this.portion];
      const given = cut(source.read(network.weights), network.tensors);
      this.held = given
        .map((tensor, place) => ({ ...tensor, isFrozen: place < frozenTensors }))
        .filter(({ isFrozen }) => this.portion === 'whole' || !isFrozen)
        .map((tensor) => this.hold(tensor));
      this.built = true;
    }

    private hold({ name: weight, shape, values, isFrozen }: Given & { isFrozen: boolean }): tensorflow.LayerVariable {
      const variable = this.addWeight(weight, [...shape], 'float32', tf.initializers.zeros(), undefined, !isFrozen);
      tf.tidy(() => {
        variable.write(tf.tensor(values, [...shape]));
      });
      if (isFrozen) this.fixedWeights.push(variable);
      return variable;
    }

    override computeOutputShape(shape: tensorflow.Shape | tensorflow.Shape[]): tensorflow.Shape {
      return [(shape as tensorflow.Shape)[0] ?? null, network.features];
    }

    override call(inputs: tensorflow.Tensor | tensorflow.Tensor[]): tensorflow.Tensor {
      const input = Array.isArray(inputs) ? inputs[0] : inputs;
      if (!input) throw new Error(`${network.className} was called without an input`);
      const weights = this.held.map((variable) => variable.read());
      return tf.tidy(() => network.run(this.portion, weights, input, source));
    }

    frozenPart(input: tensorflow.Tensor): tensorflow.Tensor {
      const weights = this.held.slice(0, frozenTensors).map((variable) => variable.read());
      return network.run('frozen', weights, input, source);
    }
  }
  return new Pretrained({ name, ...(inputShape ? { inputShape: [...inputShape] } : {}) });
}

interface Given extends NamedShape {
  readonly values: Float32Array;
}

/** A file's values cut into its tensors. */
function cut(file: Float32Array, tensors: readonly NamedShape[]): Given[] {
  let from = 0;
  return tensors.map(({ name, shape }) => {
    const size = shape.reduce((product, side) => product * side, 1);
    return { name, shape, values: file.subarray(from, (from += size)) };
  });
}
