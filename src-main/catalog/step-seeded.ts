/**
 * Layers that draw random numbers while training. tfjs's own seeded layers repeat one draw at every step, and unseeded
 * ones cannot be repeated; these draw from (seed, step), through what whoever trains hands them before each step.
 */
import type * as tensorflow from '@tensorflow/tfjs';

/** Random numbers of one training step. */
export interface StepRandom {
  /** @returns float32 values of that shape, uniform in [0, 1), which follow from the seed and the step alone. */
  uniform(shape: readonly number[], seed: number): tensorflow.Tensor;
}

export interface StepSeeded {
  setRandom(random: StepRandom): void;
}

export function isStepSeeded(layer: tensorflow.layers.Layer): layer is tensorflow.layers.Layer & StepSeeded {
  return 'setRandom' in layer && typeof layer.setRandom === 'function';
}
