/** The quality report of a version: made by a job, kept, and read again at once. */
import { z } from 'zod';
import { procedure } from '../procedure';
import { qualityInputSchema, qualityReportSchema } from '../quality';

export const quality = {
  /** Starts the job, or names the one that works on the same version already. */
  start: procedure({ input: qualityInputSchema, output: z.object({ jobId: z.string() }) }),
  /** The last report; null where none was made. */
  report: procedure({ input: z.object({ versionId: z.string() }), output: qualityReportSchema.nullable() }),
};
