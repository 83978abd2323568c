/** Labels written into files for other tools. */
import { z } from 'zod';
import {
  exportedColumnSchema,
  exportLabelsInputSchema,
  exportLabelsResultSchema,
  labelFormatSchema,
} from '../label-exports';
import { procedure } from '../procedure';

export const labelExports = {
  /** The forms that there are and the columns that can be exported, with pending edits. */
  choices: procedure({
    input: z.object({ versionId: z.string() }),
    output: z.object({ formats: z.array(labelFormatSchema), columns: z.array(exportedColumnSchema) }),
  }),
  /** Asks where to put it, in the system's dialogue; null if the person cancels. `place` is a handle. */
  pickPlace: procedure({
    input: z.object({ versionId: z.string(), format: z.string() }),
    output: z.object({ place: z.string(), name: z.string() }).nullable(),
  }),
  /** Starts the job. A file that is there is written over, as the dialogue has asked; a folder never is. */
  start: procedure({
    input: exportLabelsInputSchema.omit({ replace: true }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Waits for the job's end. Throws its coded error, or `job-cancelled`. */
  result: procedure({ input: z.object({ jobId: z.string() }), output: exportLabelsResultSchema }),
};
