/**
 * Live messages of a training run: a versioned union with `seq`, which grows by one with each message of a run, so that
 * a window reads the history first and attaches without a gap or a duplicate.
 */
import { z } from 'zod';
import { batchPointSchema, epochSchema, runEventSchema, runStateSchema } from './runs';

const base = { v: z.literal(1), seq: z.number().int() };

/** Of an NVIDIA GPU; null is what the card does not tell. */
export const gpuUseSchema = z.object({
  /** Share of the time in which it computed. */
  use: z.number().nullable(),
  memoryUsed: z.number().nullable(),
  memoryTotal: z.number().nullable(),
  /** In °C. */
  temperature: z.number().nullable(),
  /** In watts. */
  power: z.number().nullable(),
});
export type GpuUse = z.infer<typeof gpuUseSchema>;

/** What a training takes of the machine, over the last seconds. */
export const deviceUseSchema = z.object({
  /** Processor cores that its process kept busy, of how many. */
  cores: z.number(),
  coresTotal: z.number().int(),
  /** Bytes of its process. */
  memory: z.number(),
  /** Null where none trains, or nothing tells of it. */
  gpu: gpuUseSchema.nullable(),
});
export type DeviceUse = z.infer<typeof deviceUseSchema>;

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
  z.object({ ...base, type: z.literal('device'), use: deviceUseSchema }),
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;
