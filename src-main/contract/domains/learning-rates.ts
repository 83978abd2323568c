/** Finding a learning rate for a project as it is now, before it is trained. */
import { z } from 'zod';
import { rateRangeSchema } from '../learning-rates';
import { procedure } from '../procedure';

export const learningRates = {
  /** One job a project: who asks meanwhile gets the one that runs. Throws as `runs.start`. */
  start: procedure({ input: z.object({ projectId: z.string() }), output: z.object({ jobId: z.string() }) }),
  /** Waits for its end. Throws its coded error, or `job-cancelled`. */
  result: procedure({ input: z.object({ jobId: z.string() }), output: rateRangeSchema }),
};
