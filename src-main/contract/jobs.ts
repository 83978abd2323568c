/** Jobs: everything that takes long. One row, one progress, one end, whatever the kind. */
import { z } from 'zod';
import { wireErrorSchema } from './errors';
import { readingSchema, tableListSchema } from './reading';

export const progressSchema = z.object({
  /** What is being done now; a key of the window's messages (`job_stage_<stage>`). */
  stage: z.string(),
  done: z.number(),
  /** Null where the end is unknown. */
  total: z.number().nullable(),
  /** `rows`, `bytes`, `steps`: what is counted. */
  unit: z.string(),
  /** Units per second; null until known. */
  rate: z.number().nullable(),
  etaSeconds: z.number().nullable(),
});
export type Progress = z.infer<typeof progressSchema>;

export const jobStateSchema = z.enum(['running', 'paused', 'finished', 'failed', 'cancelled', 'interrupted']);
export type JobState = z.infer<typeof jobStateSchema>;

export const jobSchema = z.object({
  id: z.string(),
  kind: z.string(),
  /** What it works on, for the activity list: a file's, dataset's or run's name. */
  subject: z.string(),
  /** The run, dataset or project it belongs to, if any. */
  subjectId: z.string().nullable(),
  state: jobStateSchema,
  progress: progressSchema.nullable(),
  error: wireErrorSchema.nullable(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
});
export type Job = z.infer<typeof jobSchema>;

/** Processes that wait for questions and are no job to a person: lists leave them out. */
const silent: readonly string[] = ['predict', 'augment', 'compare', 'report'];

export function isSilentJob({ kind }: Pick<Job, 'kind'>): boolean {
  return silent.includes(kind);
}

export const importInputSchema = z.object({
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('sample'), id: z.string() }),
    /** A file, or a folder of files. */
    z.object({ kind: z.literal('file'), path: z.string() }),
    /** Files that were dropped together, such as pictures. */
    z.object({ kind: z.literal('files'), paths: z.array(z.string()).min(1) }),
  ]),
  name: z.string().nullable(),
  target: z.string().nullable(),
  /** What a person says of how it is to be read. */
  reading: readingSchema.optional(),
  /** Whether somebody is there to say which of several tables is meant; without, the likeliest is taken. */
  askTable: z.boolean().optional(),
  /** How often what grows for minutes is kept against an interruption; data/pieces.ts for what is usual. */
  rhythm: z.object({ seconds: z.number().min(0) }).optional(),
});
export type ImportInput = z.infer<typeof importInputSchema>;
export const importResultSchema = z.object({ datasetId: z.string(), versionId: z.string(), projectId: z.string() });
export type ImportResult = z.infer<typeof importResultSchema>;
/** Of an import that may ask. */
export const importEndSchema = z.union([importResultSchema, tableListSchema]);

/** An import that was interrupted and can go on. */
export const interruptedImportSchema = z.object({ job: jobSchema, keptUntil: z.number() });
export type InterruptedImport = z.infer<typeof interruptedImportSchema>;

/** Further rows for a version, without edits that are pending over it. */
export const appendInputSchema = importInputSchema.pick({ source: true }).extend({ versionId: z.string() });
export type AppendInput = z.infer<typeof appendInputSchema>;
export const appendResultSchema = z.object({
  versionId: z.string(),
  rows: z.number().int(),
  /** Columns of what was added that the dataset does not have. */
  unmatched: z.array(z.string()),
  /** Bytes of the older version's pictures and sounds that were written once more. */
  copied: z.number().int(),
});
export type AppendResult = z.infer<typeof appendResultSchema>;

export const trainInputSchema = z.object({
  runId: z.string(),
  /** How often the middle of an epoch is kept, at the most; see `engine/checkpoint-pace.ts` for what is usual. */
  rhythm: z.object({ seconds: z.number().min(0), share: z.number().positive() }).optional(),
});

export const predictInputSchema = z.object({ runId: z.string() });
