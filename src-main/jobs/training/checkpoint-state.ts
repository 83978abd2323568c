/** The small part of a checkpoint: where the loop and the step stand. The large part, weights and slots, lies beside it. */
import { z } from 'zod';
import { bestSchema } from '../../contract';
import type { FitPosition } from '../../engine/fit-reports';
import type { Step, StepState } from '../../engine/step';
import type { Checkpoint } from '../../storage/checkpoints';

/** The middle of an epoch. Numbers survive JSON bit by bit as long as they are finite. */
const partSchema = z.object({
  steps: z.number().int(),
  sums: z.object({ examples: z.number().int(), loss: z.number(), metrics: z.array(z.number()) }),
  open: z.object({ steps: z.number().int(), examples: z.number().int(), loss: z.number() }),
  seconds: z.number(),
});

const stateSchema = z.object({
  v: z.union([z.literal(1), z.literal(2)]),
  manifest: z.array(z.object({ name: z.string(), shape: z.array(z.number().int()) })),
  best: bestSchema.nullable(),
  watched: z.number().nullable().optional(),
  /** Version 1 watched nothing but the loss. */
  lowestLoss: z.number().nullable().optional(),
  waited: z.number().int(),
  scheduleMemory: z.record(z.string(), z.number()).default({}),
  part: partSchema.nullable().default(null),
});

export function checkpointOf(position: FitPosition, state: StepState): Checkpoint {
  const { epoch, ...rest } = position;
  const small = { v: 2, manifest: state.manifest, ...rest };
  return { epoch, step: state.step, state: small, tensors: state.tensors };
}

/** Puts a checkpoint into a step. @returns where the loop goes on. */
export function restoreCheckpoint(checkpoint: Checkpoint, step: Step): FitPosition {
  const { manifest, best, watched, lowestLoss, waited, scheduleMemory, part } = stateSchema.parse(checkpoint.state);
  step.writeState({ step: checkpoint.step, manifest, tensors: checkpoint.tensors });
  return { epoch: checkpoint.epoch, best, watched: watched ?? lowestLoss ?? null, waited, scheduleMemory, part };
}
