/** Runs: start, follow, keep, compare. */
import { z } from 'zod';
import { jobCommandSchema } from '../job-protocol';
import { procedure } from '../procedure';
import { runHistorySchema, runSchema } from '../runs';

export const runs = {
  list: procedure({ input: z.object({ projectId: z.string().nullable() }), output: z.array(runSchema) }),
  get: procedure({ input: z.object({ id: z.string() }), output: runSchema }),
  history: procedure({ input: z.object({ id: z.string() }), output: runHistorySchema }),
  /** Saves a run from the project's data, network and settings and starts its job. */
  start: procedure({ input: z.object({ projectId: z.string() }), output: runSchema }),
  /** Goes on with an interrupted or stopped run from its last complete epoch. */
  resume: procedure({ input: z.object({ id: z.string() }), output: runSchema }),
  /** Trains a run that came to its end so many epochs further, from its last one: as it would have gone on with more of them. */
  extend: procedure({
    input: z.object({ id: z.string(), epochs: z.number().int().min(1).max(100000) }),
    output: runSchema,
  }),
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
  remove: procedure({ input: z.object({ ids: z.array(z.string()).min(1), deleted: z.boolean() }), output: z.void() }),
};
