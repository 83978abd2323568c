/**
 * Layers that draw random numbers while training. tfjs's own seeded layers repeat one draw at every step, and unseeded
 * ones cannot be repeated; these draw from (seed, step), where whoever trains sets the step before each step.
 */
import type * as tensorflow from '@tensorflow/tfjs';

export interface StepSeeded {
  /** @param step counts the training steps of a run, from 0. */
  setStep(step: number): void;
}

export function isStepSeeded(layer: tensorflow.layers.Layer): layer is tensorflow.layers.Layer & StepSeeded {
  return 'setStep' in layer && typeof layer.setStep === 'function';
}
