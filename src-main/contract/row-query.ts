/** Which rows are asked for, and in what order: what the table, the gallery and the terminal say alike. */
import { z } from 'zod';
import { dataSetupSchema } from './data';
import { splitPartSchema } from './splits';

/** What rows are ordered by; rows that are equal in it stay in the order of the file, those without a value come last. */
export const rowSortSchema = z.object({
  by: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('column'), column: z.string() }),
    z.object({ kind: z.literal('part') }),
  ]),
  descending: z.boolean(),
});
export type RowSort = z.infer<typeof rowSortSchema>;

/** A condition that a row must meet beside part, class and search. */
export const rowConditionSchema = z.discriminatedUnion('kind', [
  /** A number from `least` to `most`, both included; null leaves an end open. */
  z.object({
    kind: z.literal('between'),
    column: z.string(),
    least: z.number().nullable(),
    most: z.number().nullable(),
  }),
  z.object({ kind: z.literal('values'), column: z.string(), values: z.array(z.string()).min(1).max(1000) }),
  z.object({ kind: z.literal('missing'), column: z.string() }),
  /** Rows that pending edits change or leave out. */
  z.object({ kind: z.literal('edited') }),
  /** Rows that pending edits leave out. */
  z.object({ kind: z.literal('left-out') }),
]);
export type RowCondition = z.infer<typeof rowConditionSchema>;

/**
 * Filters and order of rows. Values and classes are those that pending edits leave; parts are the version's, until one is made of
 * the edits.
 */
export const rowChoiceSchema = z.object({
  setup: dataSetupSchema,
  part: splitPartSchema.nullable(),
  label: z.string().nullable(),
  /** Words that some text cell holds, without case; '' for any row. */
  search: z.string(),
  /** By the order of the file where absent. */
  sort: rowSortSchema.optional(),
  /** All of them must hold. */
  conditions: z.array(rowConditionSchema).max(20).optional(),
});
export type RowChoice = z.infer<typeof rowChoiceSchema>;
