/** The queue of runs: looked at, put in another order, held. Changes are pushed as the `runs-changed` notice. */
import { z } from 'zod';
import { procedure } from '../procedure';
import { queueMoveSchema, runQueueSchema } from '../queue';

export const queue = {
  view: procedure({ input: z.void(), output: runQueueSchema }),
  /** Nothing happens to a run that does not wait. */
  move: procedure({ input: z.object({ id: z.string(), to: queueMoveSchema }), output: z.void() }),
  /** Trains a run that waits now, however many are trained already. */
  startNow: procedure({ input: z.object({ id: z.string() }), output: z.void() }),
  /** Takes runs out of the queue; they stay, stopped. */
  remove: procedure({ input: z.object({ ids: z.array(z.string()).min(1) }), output: z.void() }),
  /** Calls nothing up, or goes on calling up. */
  hold: procedure({ input: z.object({ held: z.boolean() }), output: z.void() }),
};
