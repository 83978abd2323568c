/** The small part of a checkpoint: where the loop and the step stand. The large part, weights and slots, lies beside it. */
import { z } from 'zod';
import { bestSchema } from '../../contract';
import type { FitPosition } from '../../engine/fit';
import type { Step, StepState } from '../../engine/step';
import type { Checkpoint } from '../../storage/checkpoints';

const stateSchema = z.object({
  v: z.literal(1),
  manifest: z.array(z.object({ name: z.string(), shape: z.array(z.number().int()) })),
  best: bestSchema.nullable(),
  lowestLoss: z.number().nullable(),
  waited: z.number().int(),
  scheduleMemory: z.record(z.string(), z.number()).default({}),
});

export function checkpointOf(position: FitPosition, state: StepState): Checkpoint {
  const { epoch, best, lowestLoss, waited, scheduleMemory } = position;
  const small: z.input<typeof stateSchema> = {
    v: 1,
    manifest: state.manifest.map(({ name, shape }) => ({ name, shape: [...shape] })),
    best,
    lowestLoss,
    waited,
    scheduleMemory: { ...scheduleMemory },
  };
  return { epoch, step: state.step, state: small, tensors: state.tensors };
}

/** Puts a checkpoint into a step. @returns where the loop goes on. */
export function restoreCheckpoint(checkpoint: Checkpoint, step: Step): FitPosition {
  const { manifest, best, lowestLoss, waited, scheduleMemory } = stateSchema.parse(checkpoint.state);
  step.writeState({ step: checkpoint.step, manifest, tensors: checkpoint.tensors });
  return { epoch: checkpoint.epoch, best, lowestLoss, waited, scheduleMemory };
}
