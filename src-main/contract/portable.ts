/**
 * A run or a project as one file (`.tandem`): a zip whose `manifest.json` names every part with its sha256. What is in the
 * parts is described in `jobs/portable/parts.ts`; here stands what both hosts say of such a file.
 */
import { z } from 'zod';

export const portableExtension = 'tandem';

/** What goes into a file: runs of one project with what they need, or a whole project. */
const portableSubjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('runs'), ids: z.array(z.string()).min(1).max(10_000) }),
  z.object({ kind: z.literal('project'), id: z.string() }),
]);
export type PortableSubject = z.infer<typeof portableSubjectSchema>;

/** Input of the job `export-portable`. */
export const exportPortableInputSchema = z.object({
  subject: portableSubjectSchema,
  /** Without the rows only their hashes go along: it opens where the same data is. */
  data: z.boolean(),
  /** Absolute path of the file to make. */
  place: z.string(),
  /** A file that is there is written over. */
  replace: z.boolean(),
});
export type ExportPortableInput = z.infer<typeof exportPortableInputSchema>;

export const exportPortableResultSchema = z.object({
  /** The file's name. */
  place: z.string(),
  runs: z.number().int(),
  bytes: z.number().int(),
});
export type ExportPortableResult = z.infer<typeof exportPortableResultSchema>;

/** Input of the job `import-portable`. */
export const importPortableInputSchema = z.object({
  /** Absolute path of the file. */
  path: z.string(),
});

export const importPortableResultSchema = z.object({
  projectId: z.string(),
  datasetId: z.string(),
  /** Runs that are new in the library. */
  runs: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Runs of the file that the library has already; they stay as they are. */
  known: z.number().int(),
  /** Whether the file's data was added; false where the library had it. */
  isDataAdded: z.boolean(),
});
export type ImportPortableResult = z.infer<typeof importPortableResultSchema>;
