/**
 * Live messages of a training run: a versioned union with `seq`, which grows by one with each message of a run, so that
 * a window reads the history first and attaches without a gap or a duplicate.
 */
import { z } from 'zod';
import { batchPointSchema, epochSchema, runEventSchema, runStateSchema } from './runs';

const base = { v: z.literal(1), seq: z.number().int() };

export const liveEventSchema = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('state'), state: runStateSchema }),
  /** About four a second. `etaSeconds` counts to the end of the last epoch. */
  z.object({
    ...base,
    type: z.literal('batch'),
    point: batchPointSchema,
    stepsDone: z.number().int(),
    stepsTotal: z.number().int(),
    examplesPerSecond: z.number(),
    etaSeconds: z.number().nullable(),
  }),
  z.object({ ...base, type: z.literal('epoch'), epoch: epochSchema }),
  /** The middle of an epoch is on disk: after this step the run can go on, whatever happens. */
  z.object({ ...base, type: z.literal('checkpoint'), step: z.number().int() }),
  z.object({ ...base, type: z.literal('event'), event: runEventSchema }),
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;
