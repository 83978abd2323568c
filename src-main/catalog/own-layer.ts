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

interface OwnTraits {
  /** Names the kind of layer to tfjs. */
  readonly className: string;
  /** Whether it draws random numbers while training. */
  readonly random?: boolean;
  /** Whether each step of the output comes from that step of the (first) input, so that padding stays padding. */
  readonly keepsSteps?: boolean;
}

export interface OwnLayer<Name extends string> extends OwnTraits {
  /** Shape of one example in and out. */
  readonly outputShape: (input: Shape) => Shape | ShapeProblem;
  /** In the order in which they are saved. @param input shape of one example. */
  readonly weights?: (input: Shape) => Readonly<Record<Name, OwnWeight>>;
  /** @param input `[batch, …]`. Called inside `tf.tidy`. */
  readonly call: (input: tensorflow.Tensor, call: Call<Name>) => tensorflow.Tensor;
}

/** The same for a layer that takes several inputs, in their order. */
export interface OwnJoiningLayer<Name extends string> extends OwnTraits {
  readonly outputShape: (inputs: readonly Shape[]) => Shape | ShapeProblem;
  readonly weights?: (inputs: readonly Shape[]) => Readonly<Record<Name, OwnWeight>>;
  readonly call: (inputs: readonly tensorflow.Tensor[], call: Call<Name>) => tensorflow.Tensor;
}

export function ownLayer<Name extends string = never>(
  tf: TensorFlow,
  context: LayerContext,
  { outputShape, weights, call, ...traits }: OwnLayer<Name>,
): tensorflow.layers.Layer {
  return ownJoiningLayer<Name>(tf, context, {
    ...traits,
    outputShape: ([input = []]) => outputShape(input),
    ...(weights ? { weights: ([input = []]) => weights(input) } : {}),
    call([input], given) {
      if (!input) throw new Error(`${traits.className} was called without an input`);
      return call(input, given);
    },
  });
}

export function ownJoiningLayer<Name extends string = never>(
  tf: TensorFlow,
  { name, inputShape }: LayerContext,
  own: OwnJoiningLayer<Name>,
): tensorflow.layers.Layer {
  class Own extends tf.layers.Layer {
    static readonly className = own.className;
    private held: readonly (readonly [Name, tensorflow.LayerVariable])[] = [];
    protected random: StepRandom | null = null;

    override build(shape: tensorflow.Shape | tensorflow.Shape[]): void {
      const weights = Object.entries<OwnWeight>(own.weights?.(examplesOf(shape)) ?? {});
      this.held = weights.map(([weight, { shape, initializer, regularizer }]) => [
        weight as Name,
        this.addWeight(weight, [...shape], 'float32', initializer, regularizer),
      ]);
      this.built = true;
    }

    override computeOutputShape(shape: tensorflow.Shape | tensorflow.Shape[]): tensorflow.Shape {
      const output = own.outputShape(examplesOf(shape));
      if ('problem' in output) throw new Error(output.problem.en);
      const [batch] = shape.flat();
      return [batch ?? null, ...output];
    }

    override call(inputs: tensorflow.Tensor | tensorflow.Tensor[], kwargs: Record<string, unknown>) {
      const given = Array.isArray(inputs) ? inputs : [inputs];
      const training = kwargs['training'] === true;
      if (own.random && training && !this.random) throw new Error(`${own.className} trains without random numbers`);
      const weights = Object.fromEntries(this.held.map(([weight, variable]) => [weight, variable.read()]));
      const output = own.call(given, {
        // Every name was given a weight when the layer was built.
        weights: weights as Record<Name, tensorflow.Tensor>,
        random: training ? this.random : null,
      });
      return own.keepsSteps && given[0] ? keepPresent(given[0], output) : output;
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

/** Shapes of one example of each input, out of tfjs's of batches: one, or a list. */
function examplesOf(shape: tensorflow.Shape | tensorflow.Shape[]): Shape[] {
  const shapes = Array.isArray(shape[0]) ? (shape as tensorflow.Shape[]) : [shape as tensorflow.Shape];
  return shapes.map((one) => one.slice(1) as number[]);
}

/** Weights of a part of a layer, with the part's name before theirs. */
export function prefixed<Part extends string, Name extends string>(
  part: Part,
  weights: Readonly<Record<Name, OwnWeight>>,
): Record<`${Part}_${Name}`, OwnWeight> {
  const named = Object.entries(weights).map(([name, weight]) => [`${part}_${name}`, weight]);
  return Object.fromEntries(named) as Record<`${Part}_${Name}`, OwnWeight>;
}

/** A part's weights by their own names, out of all of the layer. */
export function partOf<Part extends string, Name extends string>(
  part: Part,
  weights: Readonly<Record<`${Part}_${Name}`, tensorflow.Tensor>>,
): Record<Name, tensorflow.Tensor> {
  const own = Object.entries(weights).filter(([name]) => name.startsWith(`${part}_`));
  return Object.fromEntries(own.map(([name, weight]) => [name.slice(part.length + 1), weight])) as Record<
    Name,
    tensorflow.Tensor
  >;
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
