/**
 * What a person changes about a version's rows. Edits are journaled in SQLite over one version and undone step by step;
 * a new version is made of them when the data is used. Rows are named by their index in that version.
 */
import { z } from 'zod';
import { columnTypeSchema } from './data';
import { labelListSchema } from './labels';

/** More rows than a step may name; a dataset of more rows is edited in several. */
export const MOST_EDITED_ROWS = 1_000_000;

/** Checked by one loop: a schema per element would block main for tens of milliseconds where 100,000 rows are named. */
function areRows(value: unknown): value is number[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_EDITED_ROWS) return false;
  return value.every((row: unknown) => typeof row === 'number' && Number.isInteger(row) && row >= 0 && row < 2 ** 31);
}
const rowsSchema = z.custom<number[]>(areRows, `must be 1 to ${MOST_EDITED_ROWS} row indices`);
const columnNameSchema = z.string().min(1).max(1000);

/** Types that a person can fill by hand. */
export const addedTypeSchema = columnTypeSchema.extract(['category', 'text', 'number', 'labels', 'boxes', 'spans']);
export type AddedType = z.infer<typeof addedTypeSchema>;

export const editSchema = z.discriminatedUnion('kind', [
  /** Rows that the next version leaves out; `reason` says why in one word of a finding's kind, or `chosen`. */
  z.object({ kind: z.literal('exclude'), rows: rowsSchema, reason: z.string().max(80) }),
  /** Rows that an earlier edit left out, back again. */
  z.object({ kind: z.literal('restore'), rows: rowsSchema }),
  /** One value for some rows of a column, such as a label; null, blanks or a word for missing empty the cells. */
  z.object({
    kind: z.literal('set'),
    column: columnNameSchema,
    rows: rowsSchema,
    value: z.string().max(100_000).nullable(),
  }),
  /** Columns left out (leaking, constant, personal) of the next version. */
  z.object({ kind: z.literal('drop-column'), column: columnNameSchema }),
  /** An empty column at the end, to be filled by `set`: labels for data that has none. */
  z.object({
    kind: z.literal('add-column'),
    column: columnNameSchema,
    type: addedTypeSchema,
    /** The column of texts that spans lie in. */
    of: columnNameSchema.optional(),
  }),
  /** The classes that a column is labelled with, in the order of their keys. Cells stay as they are. */
  z.object({ kind: z.literal('classes'), column: columnNameSchema, classes: labelListSchema }),
]);
export type Edit = z.infer<typeof editSchema>;

/** What edits come to against the version that they were made over: each row and cell counted once. */
export const versionChangesSchema = z.object({
  excluded: z.number().int(),
  /** Columns with cells that got another value, in the order of the version's columns. */
  changed: z.array(z.object({ column: z.string(), cells: z.number().int() })),
  dropped: z.array(z.string()),
  added: z.array(z.string()),
  /** Rows that were added; absent where none were. */
  rows: z.number().int().optional(),
  /** Columns that the added rows had and the version has not: their values were left out. Absent where there were none. */
  unmatched: z.array(z.string()).optional(),
  /** Bytes of pictures and sounds of the version before that were written once more; absent where there were none. */
  copied: z.number().int().optional(),
});
export type VersionChanges = z.infer<typeof versionChangesSchema>;

/** A column that is in the journal only; every cell of it is empty but for edits. */
export const addedColumnSchema = z.object({ name: z.string(), type: addedTypeSchema, of: z.string().optional() });

/** An edit without its rows, for lists. */
export const editSummarySchema = z.object({
  kind: z.enum(['exclude', 'restore', 'set', 'drop-column', 'add-column', 'classes']),
  /** How many rows it names; 0 for columns. */
  rows: z.number().int(),
  column: z.string().nullable(),
  /** Cut after 200 characters. */
  value: z.string().nullable(),
  reason: z.string().nullable(),
});
export type EditSummary = z.infer<typeof editSummarySchema>;

/** The edits over a version that no version has been made of yet. */
export const pendingEditsSchema = z.object({
  versionId: z.string(),
  /** Steps that count; one step is what one undo takes back. */
  steps: z.number().int(),
  /** Steps that were undone and can be done again. */
  redoable: z.number().int(),
  changes: versionChangesSchema,
  /** The columns of `changes.added`, which can be filled before a version has them. */
  added: z.array(addedColumnSchema),
  /** The last 50 steps that count, newest first. */
  recent: z.array(z.object({ step: z.number().int(), createdAt: z.number(), edits: z.array(editSummarySchema) })),
});
export type PendingEdits = z.infer<typeof pendingEditsSchema>;

/** How edits show on one row of the version; rows without any are not listed. */
export const editedRowSchema = z.object({
  index: z.number().int(),
  excluded: z.boolean(),
  /** New values by column. */
  values: z.record(z.string(), z.string().nullable()),
});
export type EditedRow = z.infer<typeof editedRowSchema>;

/** Input of the job `edit`, which makes a version of the pending edits. */
export const editInputSchema = z.object({ versionId: z.string() });
/** The new version, or the old one where the edits come to nothing. */
export const editResultSchema = z.object({ versionId: z.string() });

/** An edit but for the rows that it names. */
export const editHeadSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exclude'), reason: z.string() }),
  z.object({ kind: z.literal('restore') }),
  z.object({ kind: z.literal('set'), column: z.string(), value: z.string().nullable() }),
  z.object({ kind: z.literal('drop-column'), column: z.string() }),
  z.object({ kind: z.literal('add-column'), column: z.string(), type: addedTypeSchema, of: z.string().optional() }),
  z.object({ kind: z.literal('classes'), column: z.string(), classes: z.array(z.string()) }),
]);
export type EditHead = z.infer<typeof editHeadSchema>;

/** An edit as the journal has it. */
export interface JournaledEdit {
  /** Grows from edit to edit and is never used again. */
  readonly id: number;
  /** Edits of one step are undone together. */
  readonly step: number;
  readonly createdAt: number;
  readonly edit: EditHead;
  /** Ascending, each once; empty for columns. */
  readonly rows: Int32Array;
}
