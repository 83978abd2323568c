/** The small part of a checkpoint: where the loop and the step stand. The large part, weights and slots, lies beside it. */
import { z } from 'zod';
import { bestSchema, CodedError } from '../../contract';
import type { FitPosition } from '../../engine/fit-reports';
import type { Step, StepState } from '../../engine/step';
import type { Manifest } from '../../engine/weights';
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
  /** Only its weights count: the beginning of a run that branched off without the optimizer's state. */
  weightsOnly: z.boolean().default(false),
});

export function checkpointOf(position: FitPosition, state: StepState): Checkpoint {
  const { epoch, ...rest } = position;
  const small = { v: 2, manifest: state.manifest, ...rest };
  return { epoch, step: state.step, state: small, tensors: state.tensors };
}

/** Puts a checkpoint into a step. @returns where the loop goes on. @throws CodedError `unexpected` where it does not fit */
export async function restoreCheckpoint(checkpoint: Checkpoint, step: Step): Promise<FitPosition> {
  const state = stateSchema.parse(checkpoint.state);
  const { manifest, best, watched, lowestLoss, waited, scheduleMemory, part } = state;
  if (state.weightsOnly) step.writeState(await withWeightsOf(checkpoint, manifest, step));
  else step.writeState({ step: checkpoint.step, manifest, tensors: checkpoint.tensors });
  return { epoch: checkpoint.epoch, best, watched: watched ?? lowestLoss ?? null, waited, scheduleMemory, part };
}

/** The step's own state as it begins, with the weights of the checkpoint, which come first in both. */
async function withWeightsOf({ step: done, tensors }: Checkpoint, manifest: Manifest, step: Step): Promise<StepState> {
  const own = await step.readState();
  const { manifest: weights } = await step.readWeights();
  const bytes = weights.reduce((sum, { shape }) => sum + 4 * shape.reduce((product, size) => product * size, 1), 0);
  if (JSON.stringify(weights) !== JSON.stringify(manifest.slice(0, weights.length))) {
    throw new CodedError('unexpected', { detail: 'the checkpoint belongs to another network' });
  }
  const joined = new Uint8Array(own.tensors);
  joined.set(tensors.subarray(0, bytes));
  return { step: done, manifest: own.manifest, tensors: joined };
}
