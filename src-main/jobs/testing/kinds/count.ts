/** Counts to a number, with progress and a live event at each; waits at `holdAt` until it is told to go on. */
import { z } from 'zod';
import { defineJob, type JobContext } from '../../definition';

const inputSchema = z.object({ to: z.number(), holdAt: z.number().nullable() });

export const count = defineJob({
  kind: 'count',
  input: inputSchema,
  async run({ to, holdAt }, context) {
    for (let done = 1; done <= to; done++) {
      context.progress({ stage: 'counting', done, total: to, unit: 'steps' });
      context.live({ v: 1, seq: done, type: 'state', state: 'running' });
      if (done === holdAt) await hold(context);
      context.signal.throwIfAborted();
    }
    return { counted: to };
  },
});

/** Until a command other than `cancel` comes, or the job is cancelled. */
function hold(context: JobContext): Promise<void> {
  context.state('paused');
  return new Promise((resolve) => {
    context.signal.addEventListener('abort', () => resolve());
    context.onCommand((command) => {
      if (command === 'resume') context.state('running');
      resolve();
    });
  });
}
