/** Runs: start, follow, keep, compare. */
import { z } from 'zod';
import { adjustmentSchema } from '../adjustments';
import { branchInputSchema, keptEpochSchema } from '../branches';
import { jobCommandSchema } from '../job-protocol';
import { procedure } from '../procedure';
import { runChangesSchema, runMarksSchema, runTableViewSchema, savedRunViewSchema } from '../run-summaries';
import { runHistorySchema, runSchema } from '../runs';

const idsSchema = z.array(z.string()).min(1).max(10_000);

export const runs = {
  list: procedure({ input: z.object({ projectId: z.string().nullable() }), output: z.array(runSchema) }),
  /** Lean rows of all runs, deleted ones included, in parts: those that changed after `since`, which is 0 at first. */
  changes: procedure({ input: z.object({ since: z.number().int().min(0) }), output: runChangesSchema }),
  get: procedure({ input: z.object({ id: z.string() }), output: runSchema }),
  history: procedure({ input: z.object({ id: z.string() }), output: runHistorySchema }),
  /** Saves a run from the project's data, network and settings and starts its job. */
  start: procedure({ input: z.object({ projectId: z.string() }), output: runSchema }),
  /**
   * Changes settings of a run that has begun. One that trains takes them with its next epoch, which is told; one that does
   * not keeps them for when it goes on, and tells null; a finished one of which more epochs are asked can be resumed then.
   */
  adjust: procedure({
    input: z.object({ id: z.string(), changes: adjustmentSchema }),
    output: z.object({ epoch: z.number().int().nullable() }),
  }),
  /** What is kept of a run for others to begin with, newest first. */
  keptEpochs: procedure({ input: z.object({ id: z.string() }), output: z.array(keptEpochSchema) }),
  /** Saves a run that begins with what another had learnt, and starts it or lets it wait. Throws `branch-…`. */
  branch: procedure({ input: branchInputSchema, output: runSchema }),
  /** Goes on with an interrupted or stopped run from where it is kept. */
  resume: procedure({ input: z.object({ id: z.string() }), output: runSchema }),
  command: procedure({ input: z.object({ id: z.string(), command: jobCommandSchema }), output: z.void() }),
  /** Sends a port for live events (window message `live-port` with the run's id) that begins after `seq`. False if the run is not training. */
  watch: procedure({ input: z.object({ id: z.string(), seq: z.number().int() }), output: z.boolean() }),
  update: procedure({
    input: z.object({
      id: z.string(),
      name: z.string().trim().min(1).max(200).optional(),
      note: z.string().max(20000).optional(),
    }),
    output: runSchema,
  }),
  /** Deletes with the chance to undo: `deleted: false` brings it back. A training run is refused. */
  remove: procedure({ input: z.object({ ids: idsSchema, deleted: z.boolean() }), output: z.void() }),
  /** Tags, star, archived: of all of them or none. */
  mark: procedure({ input: z.object({ marks: z.array(runMarksSchema).min(1).max(500) }), output: z.void() }),
  /** Bytes that runs take in the library: checkpoints, models and predictions. */
  bytes: procedure({ input: z.object({ ids: idsSchema }), output: z.number() }),
  /** Takes deleted runs out of the library for good; the bytes are used anew. */
  purge: procedure({ input: z.object({ ids: idsSchema }), output: z.void() }),
  /** By name. */
  views: procedure({ input: z.void(), output: z.array(savedRunViewSchema) }),
  /** In the place of one of the same name. */
  saveView: procedure({
    input: z.object({ name: savedRunViewSchema.shape.name, view: runTableViewSchema }),
    output: savedRunViewSchema,
  }),
  removeView: procedure({ input: z.object({ id: z.string() }), output: z.void() }),
};
