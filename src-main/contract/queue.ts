/** Runs that wait to be trained, and how many are trained at the same time. */
import { z } from 'zod';

/** `low`: what the app makes in numbers, such as repeats with other seeds; it waits behind what a person starts. */
export const runPrioritySchema = z.enum(['normal', 'low']);
export type RunPriority = z.infer<typeof runPrioritySchema>;

export const queueMoveSchema = z.enum(['first', 'up', 'down', 'last']);
export type QueueMove = z.infer<typeof queueMoveSchema>;

export const waitingRunSchema = z.object({
  runId: z.string(),
  name: z.string(),
  projectId: z.string(),
  priority: runPrioritySchema,
  queuedAt: z.number(),
});
export type WaitingRun = z.infer<typeof waitingRunSchema>;

export const runQueueSchema = z.object({
  /** The next one first. */
  waiting: z.array(waitingRunSchema),
  /** Trainings under way, those of other processes with the same library included; a paused one keeps its place. */
  training: z.number().int(),
  /** How many may be trained at the same time as things are now. */
  atOnce: z.number().int(),
  /** Nothing is called up until a person says so. */
  held: z.boolean(),
});
export type RunQueueView = z.infer<typeof runQueueSchema>;

/** Most trainings at the same time that can be chosen. */
export const mostAtOnce = 8;
export const parallelRunsSchema = z.union([z.literal('automatic'), z.number().int().min(1).max(mostAtOnce)]);

/** How long a run waited and trained, in milliseconds; with it since when it does either now, as milliseconds since 1970. */
export const runTimesSchema = z.object({
  queuedAt: z.number().nullable(),
  waited: z.number(),
  begunAt: z.number().nullable(),
  trained: z.number(),
});
export type RunTimes = z.infer<typeof runTimesSchema>;

export const noTimes: RunTimes = { queuedAt: null, waited: 0, begunAt: null, trained: 0 };

/** Whether a run waits for its turn; one that is `queued` and does not is about to train. */
export function isWaiting({ times }: { readonly times: RunTimes }): boolean {
  return times.queuedAt !== null;
}
