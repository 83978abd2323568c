/** Stands in for training where only the run's end matters: until `stop`, or a crash before it could say anything. */
import { z } from 'zod';
import { setRunState, startRun } from '../../../storage/runs';
import { defineJob } from '../../definition';

export const train = defineJob({
  kind: 'train',
  input: z.object({ runId: z.string() }),
  run({ runId }, context) {
    startRun(context.library.db, runId, { backend: 'cpu', parameterCount: 1, jobId: context.jobId });
    context.progress({ stage: 'training', done: 1, total: 10, unit: 'steps' });
    return new Promise((resolve) => {
      context.onCommand((command) => {
        if (command === 'pause') context.state('paused');
        if (command === 'resume') context.state('running');
        if (command !== 'stop') return;
        setRunState(context.library.db, runId, 'stopped');
        resolve({ runId, state: 'stopped' });
      });
    });
  },
});
