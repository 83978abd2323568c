/** Rows that stand on two sides of a split: looked for once per version by a job, then counted for any split at once. */
import { z } from 'zod';
import { dataSetupSchema } from '../data';
import { procedure } from '../procedure';
import { leakageSchema } from '../splits';

export const splits = {
  /** What crosses the parts of a setup; null where duplicates of its inputs have not been looked for yet. */
  leakage: procedure({ input: dataSetupSchema, output: leakageSchema.nullable() }),
  /** Starts the job that looks for duplicates among the inputs of a setup. */
  findDuplicates: procedure({ input: dataSetupSchema, output: z.object({ jobId: z.string() }) }),
  /** Waits for that job's end. Throws its coded error, or `job-cancelled`. */
  duplicatesFound: procedure({ input: z.object({ jobId: z.string() }), output: z.void() }),
};
