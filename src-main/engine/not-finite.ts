/** A loss or a weight that is no longer a number: the run ends there, with what is the likely cause at that place. */
import { CodedError } from '../contract';
import type { Step, StepLoss } from './step';

export interface Place {
  /** From 1; those before it are complete. */
  readonly epoch: number;
  readonly learningRate: number;
}

/**
 * Of training steps, whose losses are measured before their update.
 * @throws CodedError `loss-not-finite-at-start` where the first step of the run has it, as no weight has moved then;
 * `loss-not-finite-first-epoch` where no epoch was completed before; else `loss-not-finite`.
 */
export function requireFiniteLosses(steps: readonly StepLoss[], place: Place): void {
  const bad = steps.find(({ loss }) => !Number.isFinite(loss));
  if (bad) throw notFinite(bad.loss, bad.step, place, bad.step === 1);
}

/** @param loss with the weights after `step`. @throws as `requireFiniteLosses` */
export function requireFiniteLoss(loss: number, step: number, place: Place): void {
  if (!Number.isFinite(loss)) throw notFinite(loss, step, place);
}

/** @throws as `requireFiniteLosses` where a weight is not finite. */
export async function requireFiniteWeights(step: Step, place: Place): Promise<void> {
  const { weights } = await step.readWeights();
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength);
  for (let at = 0; at < weights.byteLength; at += 4) {
    const value = view.getFloat32(at, true);
    if (!Number.isFinite(value)) throw notFinite(value, step.step, place);
  }
}

function notFinite(value: number, step: number, { epoch, learningRate }: Place, isUntrained = false): CodedError {
  const parameters = { value: String(value), epoch, step, learningRate };
  if (isUntrained) return new CodedError('loss-not-finite-at-start', parameters);
  return new CodedError(epoch === 1 ? 'loss-not-finite-first-epoch' : 'loss-not-finite', parameters);
}
