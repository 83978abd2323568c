/** The quality report of a version: made by a job, kept, and read again at once. */
import { z } from 'zod';
import { rowSchema } from '../data';
import { procedure } from '../procedure';
import { qualityInputSchema, qualityReportSchema, qualityResultSchema } from '../quality';

export const quality = {
  /** Starts the job, or names the one that works on the same version already. */
  start: procedure({ input: qualityInputSchema, output: z.object({ jobId: z.string() }) }),
  /** Waits for the job's end. Throws its coded error, or `job-cancelled`. */
  result: procedure({ input: z.object({ jobId: z.string() }), output: qualityResultSchema }),
  /** The last report; null where none was made. */
  report: procedure({ input: z.object({ versionId: z.string() }), output: qualityReportSchema.nullable() }),
  /** Rows by their index, in the order asked; an image cell is its index in the blob. */
  rows: procedure({
    input: z.object({ versionId: z.string(), rows: z.array(z.number().int().min(0)).max(500) }),
    output: z.array(rowSchema.omit({ part: true })),
  }),
};
