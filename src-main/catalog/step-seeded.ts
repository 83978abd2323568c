/**
 * Layers that draw random numbers while training. tfjs's own seeded layers repeat one draw at every step, and unseeded
 * ones cannot be repeated; these draw from (seed, step), through what whoever trains hands them before each step.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../contract';
import type { TensorFlow } from './definitions';
import { keepPresent } from './padding-steps';

/** Random numbers of one training step: float32 of that shape, which follow from the seed and the step alone. */
export interface StepRandom {
  /** Uniform in [0, 1). */
  uniform(shape: readonly number[], seed: number): tensorflow.Tensor;
  /** Normal with mean 0 and standard deviation 1. */
  normal(shape: readonly number[], seed: number): tensorflow.Tensor;
}

export interface StepSeeded {
  setRandom(random: StepRandom): void;
}

export function isStepSeeded(layer: tensorflow.layers.Layer): layer is tensorflow.layers.Layer & StepSeeded {
  return 'setRandom' in layer && typeof layer.setRandom === 'function';
}

/**
 * A layer that changes its input at random while training, and gives it on as it is otherwise.
 * @param className names the kind of layer to tfjs. @param context as a layer's `build` gets it.
 */
export function stepSeededLayer(
  tf: TensorFlow,
  className: string,
  { name, inputShape }: { readonly name: string; readonly inputShape?: Shape },
  change: (input: tensorflow.Tensor, random: StepRandom) => tensorflow.Tensor,
): tensorflow.layers.Layer {
  class StepSeededLayer extends tf.layers.Layer implements StepSeeded {
    static readonly className = className;
    private random: StepRandom | null = null;

    setRandom(random: StepRandom): void {
      this.random = random;
    }

    override computeOutputShape(shape: tensorflow.Shape): tensorflow.Shape {
      return shape;
    }

    override call(inputs: tensorflow.Tensor | tensorflow.Tensor[], kwargs: Record<string, unknown>) {
      const input = Array.isArray(inputs) ? inputs[0] : inputs;
      if (!input) throw new Error(`${className} was called without an input`);
      if (kwargs['training'] !== true) return input;
      if (!this.random) throw new Error(`${className} trains without random numbers`);
      return keepPresent(input, change(input, this.random));
    }
  }
  return new StepSeededLayer({ name, ...(inputShape ? { inputShape: [...inputShape] } : {}) });
}

/** The input with a random share set to zero; what is kept is enlarged, so that the expected sum stays the same. */
export function dropped(
  tf: TensorFlow,
  input: tensorflow.Tensor,
  rate: number,
  random: StepRandom,
  { seed, shape }: { readonly seed: number; readonly shape: readonly number[] },
): tensorflow.Tensor {
  if (rate === 0) return input;
  const kept = tf.greaterEqual(random.uniform(shape, seed), rate);
  return tf.mul(input, tf.mul(tf.cast(kept, 'float32'), 1 / (1 - rate)));
}
