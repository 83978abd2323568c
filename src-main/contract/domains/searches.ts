/** Searches: proposed, begun, followed, and what they found taken over. */
import { z } from 'zod';
import { procedure } from '../procedure';
import { searchPlanSchema, searchSchema, trialSchema } from '../searches';

export const searches = {
  list: procedure({ input: z.object({ projectId: z.string() }), output: z.array(searchSchema) }),
  get: procedure({ input: z.object({ id: z.string() }), output: searchSchema }),
  /**
   * Trials that began or changed after `since`, a number that grows with each change; 0 for all. `more` where they did not fit
   * into one answer: ask again with the `since` of this one.
   */
  trials: procedure({
    input: z.object({ id: z.string(), since: z.number().int().min(0) }),
    output: z.object({ trials: z.array(trialSchema), since: z.number().int(), more: z.boolean() }),
  }),
  /** What would be worth searching of the project as it is set up. `minutes` makes it the plan of "find me a good model". */
  propose: procedure({
    input: z.object({ projectId: z.string(), minutes: z.number().positive().nullable() }),
    output: searchPlanSchema,
  }),
  /** Throws as `runs.start`, and `field-invalid` for what can't be searched. */
  start: procedure({ input: z.object({ projectId: z.string(), plan: searchPlanSchema }), output: searchSchema }),
  command: procedure({
    input: z.object({ id: z.string(), command: z.enum(['pause', 'continue', 'stop']) }),
    output: z.void(),
  }),
  /** Goes on with one that has ended or was interrupted, with more to spend where it is given. */
  resume: procedure({
    input: z.object({
      id: z.string(),
      minutes: z.number().positive().nullable(),
      trials: z.number().int().positive().nullable(),
    }),
    output: searchSchema,
  }),
  /** Network and settings of a trial, as the project would have them. */
  configuration: procedure({
    input: z.object({ id: z.string(), number: z.number().int() }),
    output: searchPlanSchema.pick({ data: true, network: true, settings: true }),
  }),
  remove: procedure({ input: z.object({ id: z.string() }), output: z.void() }),
};
