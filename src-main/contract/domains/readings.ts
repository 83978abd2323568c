/** How files are read: what a person corrects after an import. */
import { z } from 'zod';
import { procedure } from '../procedure';
import { readingSchema } from '../reading';

export const readings = {
  /** Imports a dataset's file once more, with what was said before and what is said now. Throws `origin-unknown`, `origin-gone`. */
  again: procedure({
    input: z.object({ datasetId: z.string(), reading: readingSchema }),
    output: z.object({ jobId: z.string() }),
  }),
};
