/** Labels: how far a column is labelled, which rows wait for one, and classes under another name; always with pending edits. */
import { z } from 'zod';
import { pendingEditsSchema } from '../edits';
import { labelCountsSchema } from '../labels';
import { procedure } from '../procedure';

const columnInput = z.object({ versionId: z.string(), column: z.string() });
const labelSchema = z.string().min(1).max(1000);

/** What a person labels in a project, so that the tab is found as it was left. */
export const labelPlaceSchema = z.object({
  column: z.string().nullable(),
  /** Null for the kind of the column's type. */
  kind: z.string().nullable(),
  /** Null for the usual one. */
  queue: z.string().nullable(),
});
export type LabelPlace = z.infer<typeof labelPlaceSchema>;

export const labels = {
  /** Throws `column-missing`, `label-column-unfit`. */
  counts: procedure({ input: columnInput, output: labelCountsSchema }),
  /** Indices of the rows that stay, ascending: all, or those whose cell is empty. Throws as `counts`. */
  rows: procedure({
    input: columnInput.extend({ which: z.enum(['all', 'unlabelled']) }),
    output: z.instanceof(Int32Array),
  }),
  /**
   * Calls classes by another name in all cells, as one step of edits; where that is a class already, they become one with it.
   * Throws as `counts`, and `label-class-unknown`, `label-edits-many`.
   */
  rename: procedure({
    input: columnInput.extend({ from: z.array(labelSchema).min(1).max(1000), to: labelSchema }),
    output: pendingEditsSchema,
  }),
  /** All null where nothing was kept. */
  place: procedure({ input: z.object({ projectId: z.string() }), output: labelPlaceSchema }),
  keepPlace: procedure({ input: labelPlaceSchema.extend({ projectId: z.string() }), output: z.void() }),
};
