/**
 * What a person changes about a version's rows. Edits are journaled in SQLite over one version and undone one by one;
 * a new version is made of them when the data is used. Rows are named by their index in that version.
 */
import { z } from 'zod';

const rowsSchema = z.array(z.number().int().min(0)).min(1).max(1_000_000);

export const editSchema = z.discriminatedUnion('kind', [
  /** Rows that the next version leaves out; `reason` says why in one word of a finding's kind, or `chosen`. */
  z.object({ kind: z.literal('exclude'), rows: rowsSchema, reason: z.string().max(80) }),
  /** Rows that an earlier edit left out, back again. */
  z.object({ kind: z.literal('restore'), rows: rowsSchema }),
  /** One value for some rows of a column, such as a label; null empties the cells. */
  z.object({ kind: z.literal('set'), column: z.string(), rows: rowsSchema, value: z.string().nullable() }),
  /** Columns left out (leaking, constant, personal) of the next version. */
  z.object({ kind: z.literal('drop-column'), column: z.string() }),
]);
export type Edit = z.infer<typeof editSchema>;
