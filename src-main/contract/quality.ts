/**
 * The quality report of a version under a setup: findings with their rows, how grave each is, and edits that mend it. Words
 * come with the findings, in every language, because the checks that say them lie where the window does not reach.
 */
import { z } from 'zod';
import { dataSetupSchema, type DataSetup } from './data';
import { editSchema } from './edits';
import { textSchema } from './text';

/** Gravest first. `serious`: what is learnt may be wrong; `attention`: worth a look; `note`: good to know. */
export const severitySchema = z.enum(['serious', 'attention', 'note']);

/** A finding names at most so many rows, those that weigh most first; `count` says how many there are. */
export const MOST_FOUND_ROWS = 20_000;

export const fixSchema = z.object({ label: textSchema, edits: z.array(editSchema).min(1) });
export type Fix = z.infer<typeof fixSchema>;

export const findingSchema = z.object({
  /** Unique within a report. */
  id: z.string(),
  /** Id of the check that found it, with its label and help. */
  check: z.string(),
  label: textSchema,
  help: textSchema,
  severity: severitySchema,
  sentence: textSchema,
  columns: z.array(z.string()),
  /** Rows that are concerned; 0 where a whole column is. */
  count: z.number().int(),
  rows: z.array(z.number().int()).max(MOST_FOUND_ROWS),
  /** The row that each of `rows` is like, for duplicates; else empty. */
  partners: z.array(z.number().int()),
  /** What the cell of each of `rows` should rather hold, for labels; else null. */
  suggested: z.object({ column: z.string(), values: z.array(z.string()) }).nullable(),
  /** The safest first; empty where no edit mends it. */
  fixes: z.array(fixSchema),
});
export type Finding = z.infer<typeof findingSchema>;

export const qualityReportSchema = z.object({
  v: z.literal(1),
  versionId: z.string(),
  /** The choices it was made under; null where no target was chosen. */
  setup: dataSetupSchema.nullable(),
  createdAt: z.number(),
  seconds: z.number(),
  rowCount: z.number().int(),
  /** Every check with the number of its findings; `skipped` says why one did not run. */
  checks: z.array(
    z.object({ id: z.string(), label: textSchema, findings: z.number().int(), skipped: textSchema.nullable() }),
  ),
  findings: z.array(findingSchema),
});
export type QualityReport = z.infer<typeof qualityReportSchema>;

export const qualityInputSchema = z.object({ versionId: z.string(), setup: dataSetupSchema.nullable() });
export type QualityInput = z.infer<typeof qualityInputSchema>;

/** What the job answers with; the report itself lies beside the version's rows. */
export const qualityResultSchema = z.object({ versionId: z.string(), findings: z.number().int() });
export type QualityResult = z.infer<typeof qualityResultSchema>;

/**
 * A setup for data that no task fits yet, so that the labels in a column can be checked all the same: texts with a class each.
 * @param task one whose target are classes.
 */
export function labelSetup(versionId: string, target: string, task = 'table-classification'): DataSetup {
  const split = { kind: 'random', seed: 1, validation: 0, test: 0.2, stratified: true } as const;
  return { versionId, task, target, types: {}, split };
}
