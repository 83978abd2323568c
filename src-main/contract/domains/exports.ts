/** Runs and projects into files: as a file of Tandem's own, or as what other tools read. Places are handles that main gave. */
import { z } from 'zod';
import { exportPortableInputSchema, exportPortableResultSchema, importPortableResultSchema } from '../portable';
import { procedure } from '../procedure';
import { exportRunsInputSchema, exportRunsResultSchema } from '../run-exports';

const jobSchema = z.object({ jobId: z.string() });

export const exports = {
  /** Asks where to put a file, or a folder where `extension` is null, in the system's dialogue; null if the person cancels. */
  pickPlace: procedure({
    input: z.object({ name: z.string().min(1).max(200), extension: z.string().max(10).nullable() }),
    output: z.object({ place: z.string(), name: z.string() }).nullable(),
  }),
  /** A file that is there is written over, as the dialogue has asked. */
  startPortable: procedure({ input: exportPortableInputSchema.omit({ replace: true }), output: jobSchema }),
  /** Waits for the job's end. Throws its coded error, or `job-cancelled`. */
  portableResult: procedure({ input: jobSchema, output: exportPortableResultSchema }),
  startImport: procedure({ input: z.object({ file: z.string() }), output: jobSchema }),
  /** Throws its coded error, or `job-cancelled`. */
  importResult: procedure({ input: jobSchema, output: importPortableResultSchema }),
  startRuns: procedure({ input: exportRunsInputSchema, output: jobSchema }),
  /** Throws its coded error, or `job-cancelled`. */
  runsResult: procedure({ input: jobSchema, output: exportRunsResultSchema }),
};
