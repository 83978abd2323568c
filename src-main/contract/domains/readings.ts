/** How files are read: what a person corrects after an import. */
import { z } from 'zod';
import { procedure } from '../procedure';
import { readingSchema } from '../reading';

export const readings = {
  /**
   * Whether a dataset's file can be read again: it is where it was, it is gone from there, nobody knows where it was, or it came
   * with the app and is as it should be.
   */
  origin: procedure({
    input: z.object({ datasetId: z.string() }),
    output: z.enum(['there', 'gone', 'unknown', 'sample']),
  }),
  /**
   * Imports a dataset's file once more, with what was said before and what is said now. With `askTable` the import ends with the
   * tables to choose from. Throws `not-found`, `origin-unknown`, `origin-gone`.
   */
  again: procedure({
    input: z.object({ datasetId: z.string(), reading: readingSchema, askTable: z.boolean() }),
    output: z.object({ jobId: z.string() }),
  }),
};
