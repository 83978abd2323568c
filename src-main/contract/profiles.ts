/** What columns tell beyond the counts of the import: how they go together with the target, and how they spread per class. */
import { z } from 'zod';

/**
 * How strongly a column goes together with the target. `pearson`: two numbers, −1 to 1. `correlation-ratio`: a number and
 * groups, 0 to 1. `cramers-v`: two lists of categories, 0 to 1, without correction for chance.
 */
export const relationMeasureSchema = z.enum(['pearson', 'correlation-ratio', 'cramers-v']);
export type RelationMeasure = z.infer<typeof relationMeasureSchema>;

export const relationSchema = z.object({
  column: z.string(),
  measure: relationMeasureSchema.nullable(),
  /** Null where it cannot be measured; `reason` says why. */
  value: z.number().nullable(),
  /** Rows in which both have a value. */
  rows: z.number().int(),
  reason: z.enum(['constant', 'many-values', 'type']).nullable(),
});
export type Relation = z.infer<typeof relationSchema>;

/** How numbers spread. */
export const spreadSchema = z.object({
  /** Numbers there are. */
  count: z.number().int(),
  minimum: z.number(),
  maximum: z.number(),
  mean: z.number(),
  median: z.number(),
  /** Standard deviation of these numbers themselves (population). */
  deviation: z.number(),
  /** Up to 20 equal bins of a range that all spreads of one answer share. */
  histogram: z.array(z.number().int()),
});
export type Spread = z.infer<typeof spreadSchema>;

/** What of a column is measured: its numbers, how long its texts are, or which categories it has. */
export const profileMeasureSchema = z.enum(['values', 'words', 'characters', 'categories']);
export type ProfileMeasure = z.infer<typeof profileMeasureSchema>;

export const columnMeasureSchema = z.object({
  measure: profileMeasureSchema,
  /** Over all rows that were measured; null for categories, and where there is no value. */
  spread: spreadSchema.nullable(),
  /** Range of all histograms. */
  range: z.object({ least: z.number(), most: z.number() }).nullable(),
  /** Per class of the target, most rows first, at most 50; empty without classes. */
  classes: z.array(
    z.object({
      label: z.string(),
      rows: z.number().int(),
      missing: z.number().int(),
      spread: spreadSchema.nullable(),
      /** The most frequent categories of the class, at most 5. */
      categories: z.array(z.object({ value: z.string(), count: z.number().int() })),
    }),
  ),
  /** Classes beyond those. */
  moreClasses: z.number().int(),
});
export type ColumnMeasure = z.infer<typeof columnMeasureSchema>;

export const columnProfileSchema = z.object({
  column: z.string(),
  /** Rows looked at: all, or every so many-th where texts are measured in a large version. */
  measured: z.number().int(),
  measures: z.array(columnMeasureSchema),
});
export type ColumnProfile = z.infer<typeof columnProfileSchema>;

/** Sizes of pictures as they came, from the columns of that name. */
export const pictureSizesSchema = z.object({
  distinct: z.number().int(),
  /** Most frequent first, at most 8. */
  frequent: z.array(z.object({ width: z.number(), height: z.number(), count: z.number().int() })),
});
export type PictureSizes = z.infer<typeof pictureSizesSchema>;

/** Columns drawn along an order: the first, lowest, highest and last value of each stretch, so that no extreme is lost. */
export const seriesSchema = z.object({
  /** What the horizontal axis counts: rows from 1, numbers, or milliseconds since 1970. */
  axis: z.enum(['row', 'number', 'date']),
  rows: z.number().int(),
  lines: z.array(
    z.object({
      column: z.string(),
      minimum: z.number(),
      maximum: z.number(),
      x: z.instanceof(Float64Array),
      y: z.instanceof(Float64Array),
    }),
  ),
});
export type SeriesLines = z.infer<typeof seriesSchema>;
