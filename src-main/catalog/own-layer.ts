/**
 * Layers of ours said in a few words: the shape they give, their weights, and what they compute with TensorFlow's ops. A
 * network is stored as its description and its weights, so that a layer needs no form of its own to be saved in.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../contract';
import type { ShapeProblem, TensorFlow } from './definitions';
import { keepPresent } from './padding-steps';
import type { StepRandom, StepSeeded } from './step-seeded';

export interface LayerContext {
  readonly name: string;
  readonly seed: number;
  readonly inputShape?: Shape;
}

export interface OwnWeight {
  readonly shape: Shape;
  readonly initializer: ReturnType<TensorFlow['initializers']['zeros']>;
  readonly regularizer?: ReturnType<TensorFlow['regularizers']['l1l2']> | undefined;
}

export interface Call<Name extends string> {
  readonly weights: Readonly<Record<Name, tensorflow.Tensor>>;
  /** Null outside training, and in layers that are not `random`. */
  readonly random: StepRandom | null;
}

export interface OwnLayer<Name extends string> {
  /** Names the kind of layer to tfjs. */
  readonly className: string;
  /** Shape of one example in and out. */
  readonly outputShape: (input: Shape) => Shape | ShapeProblem;
  /** In the order in which they are saved. @param input shape of one example. */
  readonly weights?: (input: Shape) => Readonly<Record<Name, OwnWeight>>;
  /** Whether it draws random numbers while training. */
  readonly random?: boolean;
  /** Whether each step of the output comes from that step of the input, so that padding stays padding. */
  readonly keepsSteps?: boolean;
  /** @param input `[batch, …]`. Called inside `tf.tidy`. */
  readonly call: (input: tensorflow.Tensor, call: Call<Name>) => tensorflow.Tensor;
}

export function ownLayer<Name extends string = never>(
  tf: TensorFlow,
  { name, inputShape }: LayerContext,
  own: OwnLayer<Name>,
): tensorflow.layers.Layer {
  class Own extends tf.layers.Layer {
    static readonly className = own.className;
    private held: readonly (readonly [Name, tensorflow.LayerVariable])[] = [];
    protected random: StepRandom | null = null;

    override build(shape: tensorflow.Shape | tensorflow.Shape[]): void {
      const [, ...input] = shape as number[];
      const weights = Object.entries<OwnWeight>(own.weights?.(input) ?? {});
      this.held = weights.map(([weight, { shape, initializer, regularizer }]) => [
        weight as Name,
        this.addWeight(weight, [...shape], 'float32', initializer, regularizer),
      ]);
      this.built = true;
    }

    override computeOutputShape(shape: tensorflow.Shape | tensorflow.Shape[]): tensorflow.Shape {
      const [batch, ...input] = shape as number[];
      const output = own.outputShape(input);
      if ('problem' in output) throw new Error(output.problem.en);
      return [batch ?? null, ...output];
    }

    override call(inputs: tensorflow.Tensor | tensorflow.Tensor[], kwargs: Record<string, unknown>) {
      const input = Array.isArray(inputs) ? inputs[0] : inputs;
      if (!input) throw new Error(`${own.className} was called without an input`);
      const training = kwargs['training'] === true;
      if (own.random && training && !this.random) throw new Error(`${own.className} trains without random numbers`);
      const weights = Object.fromEntries(this.held.map(([weight, variable]) => [weight, variable.read()]));
      const output = own.call(input, {
        // Every name was given a weight when the layer was built.
        weights: weights as Record<Name, tensorflow.Tensor>,
        random: training ? this.random : null,
      });
      return own.keepsSteps ? keepPresent(input, output) : output;
    }
  }
  class RandomOwn extends Own implements StepSeeded {
    setRandom(random: StepRandom): void {
      this.random = random;
    }
  }
  const Kind = own.random ? RandomOwn : Own;
  return new Kind({ name, ...(inputShape ? { inputShape: [...inputShape] } : {}) });
}

/** Begins a weight with numbers that are computed here, for ways that tfjs has not. */
export function computedValues(tf: TensorFlow, values: () => Float32Array): OwnWeight['initializer'] {
  const apply = (shape: tensorflow.Shape) => tf.tensor(values(), shape as number[]);
  return Object.assign(tf.initializers.zeros(), { apply });
}

/** An activation of tfjs as a function. */
export function activationFunction(
  tf: TensorFlow,
  activation: Parameters<TensorFlow['layers']['activation']>[0]['activation'],
): (input: tensorflow.Tensor) => tensorflow.Tensor {
  const layer = tf.layers.activation({ activation });
  return (input) => layer.call(input, {}) as tensorflow.Tensor;
}

/** `[batch, …, features]` · W + b on the last side. @param kernel `[features, units]`, @param bias `[units]`, if there is one. */
export function project(
  tf: TensorFlow,
  x: tensorflow.Tensor,
  kernel: tensorflow.Tensor,
  bias: tensorflow.Tensor | null,
): tensorflow.Tensor {
  const [features = 0, units = 0] = kernel.shape;
  const rows = tf.matMul(x.reshape([-1, features]) as tensorflow.Tensor2D, kernel as tensorflow.Tensor2D);
  return (bias ? tf.add(rows, bias) : rows).reshape([...x.shape.slice(0, -1), units]);
}
