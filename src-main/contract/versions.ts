/** Versions of a dataset side by side: what each changed, what uses it, what its deletion frees, how two differ. */
import { z } from 'zod';
import { versionChangesSchema } from './edits';

const namedSchema = z.object({ id: z.string(), name: z.string() });

/** What names a version. Anything but `deletedRuns` and `versions` keeps it from being deleted. */
export const versionUsesSchema = z.object({
  /** Projects that work on it now, archived ones included. */
  projects: z.array(namedSchema),
  runs: z.array(namedSchema),
  /** Runs among the deleted that name it: brought back, they could be looked at but not go on. */
  deletedRuns: z.number().int(),
  /** Versions made from it; they stay whole without it. */
  versions: z.array(z.object({ id: z.string(), number: z.number().int() })),
});
export type VersionUses = z.infer<typeof versionUsesSchema>;

export const versionEntrySchema = z.object({
  id: z.string(),
  number: z.number().int(),
  createdAt: z.number(),
  rowCount: z.number().int(),
  columnCount: z.number().int(),
  /** Bytes on disk that this version brought: files it shares with an earlier one count there. */
  bytes: z.number().int(),
  /** The version it was made from; null for an import. */
  parentId: z.string().nullable(),
  /** What was changed of that; null for an import. */
  changes: versionChangesSchema.nullable(),
  /** Steps of edits over it that no version has been made of yet. */
  pendingSteps: z.number().int(),
  uses: versionUsesSchema,
});
export type VersionEntry = z.infer<typeof versionEntrySchema>;

const cellSchema = z.union([z.string(), z.number(), z.null()]);
const exampleRowSchema = z.object({
  /** The row's index in the dataset's first version, by which it is the same row in all of them. */
  origin: z.number().int(),
  values: z.array(z.object({ column: z.string(), value: cellSchema })),
});

/** How `to` differs from `from`. Rows are matched by their identity, columns by their name. */
export const versionComparisonSchema = z.object({
  rows: z.object({ from: z.number().int(), to: z.number().int() }),
  added: z.object({ count: z.number().int(), examples: z.array(exampleRowSchema) }),
  removed: z.object({ count: z.number().int(), examples: z.array(exampleRowSchema) }),
  columnsAdded: z.array(z.string()),
  columnsDropped: z.array(z.string()),
  /** Columns with cells that differ in rows that both have; for a target these are the relabelled rows. */
  changed: z.array(
    z.object({
      column: z.string(),
      count: z.number().int(),
      /** The most frequent changes, at most 20. */
      pairs: z.array(z.object({ from: cellSchema, to: cellSchema, count: z.number().int() })),
      examples: z.array(z.object({ origin: z.number().int(), from: cellSchema, to: cellSchema })),
    }),
  ),
  /** Rows per value of the target, where one was named and both have it; at most 1000, the most frequent first. */
  classes: z.array(z.object({ value: cellSchema, from: z.number().int(), to: z.number().int() })),
});
export type VersionComparison = z.infer<typeof versionComparisonSchema>;

export const versionRemovalSchema = z.object({
  /** What the disk gets back: files that another version shares are not counted. */
  bytes: z.number().int(),
  /** Whether the dataset goes with it, as it is the only version. */
  isLast: z.boolean(),
  pendingSteps: z.number().int(),
  uses: versionUsesSchema,
});
export type VersionRemoval = z.infer<typeof versionRemovalSchema>;
