/** Runs that begin with what an earlier run had learnt by one of its epochs. */
import { z } from 'zod';
import { trainingSettingsSchema } from './training';

/** Where a run branched off. The run it names may be gone: what is needed of it was copied. */
export const runParentSchema = z.object({
  runId: z.string(),
  /** As it was called then. */
  name: z.string(),
  epoch: z.number().int(),
  /** Goes on with the optimizer's state and the count of epochs; else it has the weights alone. */
  withOptimizer: z.boolean(),
});
export type RunParent = z.infer<typeof runParentSchema>;

/** A state of a run from which another can begin. */
export const keptEpochSchema = z.object({
  epoch: z.number().int(),
  /** What it takes in the library. */
  bytes: z.number(),
  isBest: z.boolean(),
  isLast: z.boolean(),
});
export type KeptEpoch = z.infer<typeof keptEpochSchema>;

const { epochs, learningRate, batchSize, seed } = trainingSettingsSchema.shape;

export const branchInputSchema = z.object({
  runId: z.string(),
  epoch: z.union([z.number().int().min(1), z.enum(['best', 'last'])]),
  withOptimizer: z.boolean(),
  /** Whose data, network and settings it has: those of the run, or the project's as they are now. */
  setup: z.enum(['run', 'project']),
  changes: z.object({
    /** To train after the epoch that it begins with. */
    epochs: epochs.optional(),
    learningRate: learningRate.optional(),
    batchSize: batchSize.optional(),
    seed: seed.optional(),
  }),
  /** One that says where it comes from if absent. */
  name: z.string().trim().min(1).max(200).optional(),
});
export type BranchInput = z.infer<typeof branchInputSchema>;
