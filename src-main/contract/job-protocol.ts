/**
 * What a job process and its host say to each other, over a utility process's port in the app and a child process's
 * channel in the terminal. A live watcher gets a port of its own (`attach`) where ports exist.
 */
import { z } from 'zod';
import { wireErrorSchema } from './errors';
import { progressSchema } from './jobs';

/** Things a person may tell a running job. Every kind knows `cancel`; training also the others. */
export const jobCommandSchema = z.enum(['cancel', 'pause', 'resume', 'stop']);
export type JobCommand = z.infer<typeof jobCommandSchema>;

export const toJobSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    jobId: z.string(),
    kind: z.string(),
    input: z.unknown(),
    /** Absolute folder of the library. */
    library: z.string(),
    /** Absolute folder of `resources`. */
    resources: z.string(),
  }),
  z.object({ type: z.literal('command'), command: jobCommandSchema }),
  /** Comes with one port; live events go there from now on, beginning with those kept since `seq`. */
  z.object({ type: z.literal('attach'), seq: z.number().int() }),
  z.object({ type: z.literal('ask'), id: z.number().int(), question: z.unknown() }),
  /** The last message has arrived: the process may end. */
  z.object({ type: z.literal('release') }),
]);
export type ToJob = z.infer<typeof toJobSchema>;

export const fromJobSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('progress'), progress: progressSchema }),
  z.object({ type: z.literal('state'), state: z.enum(['running', 'paused']) }),
  /** Live events for hosts without ports (the terminal). */
  z.object({ type: z.literal('live'), event: z.unknown() }),
  z.object({ type: z.literal('answer'), id: z.number().int(), answer: z.unknown() }),
  z.object({ type: z.literal('refusal'), id: z.number().int(), error: wireErrorSchema }),
  z.object({ type: z.literal('finished'), result: z.unknown() }),
  z.object({ type: z.literal('cancelled') }),
  z.object({ type: z.literal('failed'), error: wireErrorSchema }),
]);
export type FromJob = z.infer<typeof fromJobSchema>;
