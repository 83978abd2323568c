/**
 * How the rows of a version are divided into training, validation and test, what came of it, and which rows stand on two
 * sides at once. A split is kept with every run, so that the same rows can be drawn again.
 */
import { z } from 'zod';

export const splitPartSchema = z.enum(['training', 'validation', 'test']);
export type SplitPart = z.infer<typeof splitPartSchema>;

/** Which rows count as the same: `exact`, equal in all compared columns or pixels; `near`, so alike that one tells of the other. */
export const likenessSchema = z.enum(['exact', 'near']);
export type Likeness = z.infer<typeof likenessSchema>;

/** `together` keeps rows that are alike in one part; `left-out` takes those from training that have a like in validation or test. */
const keepingTogetherSchema = z.object({ alike: likenessSchema, action: z.enum(['together', 'left-out']) });
const leavingOutSchema = z.object({ alike: likenessSchema, action: z.literal('left-out') });

const drawn = {
  seed: z.number().int().min(0).max(0xffffffff),
  /** Each class gets the part's share, as nearly as the kind of split allows. */
  stratified: z.boolean(),
};
/** Shares are 0–1 of all rows with a target; for `given` of the rows that the data gives to training. */
const validation = z.number().min(0).max(0.8);
const test = z.number().min(0).max(0.8);

/** Where a value of the person's column puts a row; `none` leaves it out. */
export const givenPartSchema = z.enum(['training', 'validation', 'test', 'none']);
export type GivenPart = z.infer<typeof givenPartSchema>;

export const splitSchema = z.discriminatedUnion('kind', [
  /** Rows are drawn one by one. */
  z.object({ kind: z.literal('random'), ...drawn, validation, test, duplicates: keepingTogetherSchema.optional() }),
  /**
   * The data's own: without `column` the rows that the files name for a part, else what the column says. `values` gives the
   * part of values that do not name one themselves; the empty text stands for cells without a value. Where no row is given to
   * validation or to the test, its share is drawn from training. `ownValidation` is absent in splits made before files named
   * validation rows: there these are drawn like those for training, so that a kept run finds its rows again.
   */
  z.object({
    kind: z.literal('given'),
    ...drawn,
    validation,
    test: test.optional(),
    ownValidation: z.boolean().optional(),
    column: z.string().optional(),
    values: z.record(z.string(), givenPartSchema).optional(),
    duplicates: leavingOutSchema.optional(),
  }),
  /** Rows of one group (a person, a source) go to one part; a row without a group is one of its own. */
  z.object({
    kind: z.literal('grouped'),
    column: z.string(),
    ...drawn,
    validation,
    test,
    duplicates: keepingTogetherSchema.optional(),
  }),
  /** The earliest rows train, the latest test; equal values stay together. `column` null: the order of the rows in the file. */
  z.object({
    kind: z.literal('ordered'),
    column: z.string().nullable(),
    validation,
    test,
    duplicates: leavingOutSchema.optional(),
  }),
]);
export type Split = z.infer<typeof splitSchema>;

const perPart = <Value extends z.ZodType>(value: Value) =>
  z.object({ training: value, validation: value, test: value });

/** What a split made, beside the counts of rows. */
export const splitFactsSchema = z.object({
  /** Groups per part; null where the split has none. */
  groups: perPart(z.number().int()).nullable(),
  /** The first and last value per part, as the data writes them; null where the split has no order. */
  ranges: perPart(z.object({ from: z.string(), to: z.string() }).nullable()).nullable(),
  /** Rows with a target that the files name for a part (all others are for training); null where the split is not by them. */
  given: perPart(z.number().int()).nullable(),
  /** Rows without a group, a value to order by, or a value that says the part. */
  withoutValue: z.number().int(),
  /** Rows with a target that the split puts in no part. */
  leftOut: z.number().int(),
});
export type SplitFacts = z.infer<typeof splitFactsSchema>;

/** Rows that have a like on another side. */
const crossingSchema = z.object({
  /** Sets of rows that are alike and lie in more than one part. */
  sets: z.number().int(),
  /** Rows of training with a like in validation or test: what a repair takes out. */
  training: z.number().int(),
  /** Rows of validation with a like in training. */
  validation: z.number().int(),
  /** Rows of the test with a like in training or validation. */
  test: z.number().int(),
});

export const leakageSchema = z.object({
  /** Names of the columns in which rows were compared. */
  columns: z.array(z.string()),
  /** Sets of like rows in the whole version, whatever their parts. */
  sets: z.object({ exact: z.number().int(), near: z.number().int() }),
  exact: crossingSchema,
  /** Of the rows that have no exact like on another side. */
  near: crossingSchema,
  /** Rows of too many texts are compared by their normalised words alone. */
  textsCompared: z.boolean(),
  /** Row indices of some sets that cross, at most `examplesShown`, the exact ones first. */
  examples: z.array(
    z.object({
      alike: likenessSchema,
      /** At most eight of the set's rows, at least one of each part it lies in. */
      rows: z.array(
        z.object({
          index: z.number().int(),
          part: splitPartSchema,
          values: z.array(z.union([z.string(), z.number(), z.null()])),
        }),
      ),
      /** All rows of the set. */
      size: z.number().int(),
    }),
  ),
});
export type Leakage = z.infer<typeof leakageSchema>;
/** Sets shown as examples, of each likeness. */
export const examplesShown = 20;

/** What the search for duplicates needs to know: which columns are inputs. */
export const duplicatesInputSchema = z.object({ versionId: z.string(), columns: z.array(z.string()) });
