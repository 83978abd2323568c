/** Jobs as the window starts and follows them. Changes are pushed as the `jobs-changed` notice. */
import { z } from 'zod';
import { jobCommandSchema } from '../job-protocol';
import { appendResultSchema, importEndSchema, importInputSchema, interruptedImportSchema, jobSchema } from '../jobs';
import { readingSchema } from '../reading';
import { procedure } from '../procedure';

/** Files in one drop; more come as a folder. */
export const mostDropped = 5000;

/** `file` is a handle that main gave for a file or folder that the person dropped or picked. */
const grantedSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sample'), id: z.string() }),
  z.object({ kind: z.literal('file'), file: z.string() }),
  z.object({ kind: z.literal('files'), files: z.array(z.string()).min(1).max(mostDropped) }),
]);

export const jobs = {
  /** Running ones and those that ended lately, newest first. */
  list: procedure({ input: z.void(), output: z.array(jobSchema) }),
  command: procedure({ input: z.object({ id: z.string(), command: jobCommandSchema }), output: z.void() }),
  startImport: procedure({
    input: importInputSchema.omit({ rhythm: true }).extend({ source: grantedSourceSchema }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Waits for an import's end: what it made, or the tables to choose from. Throws its coded error, or `job-cancelled`. */
  importResult: procedure({ input: z.object({ jobId: z.string() }), output: importEndSchema }),
  /** Imports that were interrupted and can go on, the last first, each with the time until which it is kept. */
  interruptedImports: procedure({ input: z.void(), output: z.array(interruptedImportSchema) }),
  /** Throws `import-not-interrupted`, `import-source-missing`. */
  continueImport: procedure({ input: z.object({ id: z.string() }), output: z.object({ jobId: z.string() }) }),
  /** Nothing of it stays. Throws `import-not-interrupted`. */
  discardImport: procedure({ input: z.object({ id: z.string() }), output: z.void() }),
  /** A new import of what an ended one was to import, read as is said now where something is. */
  startOver: procedure({
    input: z.object({ id: z.string(), reading: readingSchema.optional() }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Starts adding rows to a version; edits that are pending over it are made into one first, to which they are added. */
  startAppend: procedure({
    input: z.object({ source: grantedSourceSchema, versionId: z.string() }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Waits for its end. Throws its coded error, or `job-cancelled`. */
  appendResult: procedure({ input: z.object({ jobId: z.string() }), output: appendResultSchema }),
};
