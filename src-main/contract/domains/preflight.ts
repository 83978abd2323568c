/** The pre-flight: what a training of a project would take, measured by a job before it is started. */
import { z } from 'zod';
import { preflightSchema } from '../estimate';
import { procedure } from '../procedure';

const project = z.object({ projectId: z.string() });

export const preflight = {
  /** Starts the job over the project's data, network and settings, or names the one that runs for them. Throws as `runs.start`. */
  start: procedure({ input: project, output: z.object({ jobId: z.string() }) }),
  /** Waits for the job's end. Throws its coded error, or `job-cancelled`. */
  result: procedure({ input: z.object({ jobId: z.string() }), output: preflightSchema }),
  /** What was measured of the project as it is now; null where it was not. */
  last: procedure({ input: project, output: preflightSchema.nullable() }),
  /** Bytes of memory and of the library's disk that are free now. */
  room: procedure({ input: z.void(), output: z.object({ memory: z.number(), disk: z.number() }) }),
};
