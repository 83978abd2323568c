/**
 * What is known of a dataset: immutable versions with typed columns, and the choices a person makes over one version
 * (target, column types, split), which runs copy so that they can be repeated.
 */
import { z } from 'zod';
import { anomalyChoicesSchema } from './anomalies';
import { forecastChoicesSchema, type ForecastFacts } from './forecasts';
import { splitPartSchema, splitSchema } from './splits';
import { chosenStepsSchema } from './steps';

/** `labels`, `boxes` and `spans` are what people say of a row in JSON (contract/labels.ts). */
export const columnTypeSchema = z.enum([
  'number',
  'category',
  'text',
  'date',
  'image',
  'labels',
  'boxes',
  'spans',
  'audio',
  'ignored',
]);
export type ColumnType = z.infer<typeof columnTypeSchema>;

export const columnSchema = z.object({
  name: z.string(),
  type: columnTypeSchema,
  /** Count of rows without a value. */
  missing: z.number().int(),
  distinct: z.number().int(),
  /** Up to five values as they stand in the file. */
  examples: z.array(z.string()),
  statistics: z
    .object({ minimum: z.number(), maximum: z.number(), mean: z.number(), standardDeviation: z.number() })
    .nullable(),
  /** Up to 20 equal bins between minimum and maximum (numbers), else empty. */
  histogram: z.array(z.number()),
  /** The most frequent values, at most 100, most frequent first (categories), else empty. */
  categories: z.array(z.object({ value: z.string(), count: z.number().int() })),
  /**
   * Pictures: all of one size, packed one after another in a blob, `height·width·channels` uint8 values each. `originals` is
   * the pack (data/pack.ts) of the files that they were made from, in the same order, where they came as files.
   */
  image: z
    .object({
      height: z.number().int(),
      width: z.number().int(),
      channels: z.number().int(),
      blob: z.string(),
      originals: z.string().optional(),
    })
    .nullable(),
  /** Spans: the column of the texts that they lie in. Absent for all else, and in older records. */
  of: z.string().optional(),
  /** Classes of a labelled column in the order of their keys, used or not; absent where nobody has put them in order. */
  classes: z.array(z.string()).optional(),
  /** Sounds: decoded to one channel, in a pack; a cell is its place there. Absent for all else, and in older records. */
  audio: z
    .object({
      /** Samples per second, of all of them. */
      rate: z.number().int(),
      /** The most that a file had, before they were mixed to one. */
      channels: z.number().int(),
      blob: z.string(),
    })
    .optional(),
});
export type Column = z.infer<typeof columnSchema>;

/** A person's choices over one version. `types` holds only the columns whose found type was corrected. */
export const dataSetupSchema = z.object({
  versionId: z.string(),
  task: z.string(),
  /** A column's name; empty for tasks that need none. */
  target: z.string(),
  types: z.record(z.string(), columnTypeSchema),
  split: splitSchema,
  /** A column of numbers that says how much each row counts in the training loss, and is no input; absent where all count the same. */
  weightColumn: z.string().optional(),
  /** Steps of the columns for which a person chose their own; absent where all have the recipe of their type. */
  steps: chosenStepsSchema.optional(),
  /** For tasks whose rows are time steps; absent where nothing was chosen. */
  forecast: forecastChoicesSchema.optional(),
  /** For anomalies that a column knows; absent where what is ordinary is left to the app. */
  anomaly: anomalyChoicesSchema.optional(),
  /** Id of the spectrogram that sounds become; absent where they become the usual one. */
  spectrogram: z.string().optional(),
});
export type DataSetup = z.infer<typeof dataSetupSchema>;

export const splitCountsSchema = z.object({
  training: z.number().int(),
  validation: z.number().int(),
  test: z.number().int(),
});
export type SplitCounts = z.infer<typeof splitCountsSchema>;

export const datasetVersionSchema = z.object({
  id: z.string(),
  datasetId: z.string(),
  datasetName: z.string(),
  number: z.number().int(),
  createdAt: z.number(),
  rowCount: z.number().int(),
  columns: z.array(columnSchema),
  /** Whether the data names its own test rows (a column `split` beside the person's columns). */
  hasGivenSplit: z.boolean(),
  /** What import proposes; the person may change it. */
  proposed: dataSetupSchema.omit({ versionId: true }).nullable(),
  /** Bytes on disk of rows and blobs. */
  bytes: z.number().int(),
  source: z.object({ kind: z.string(), name: z.string(), sha256: z.string() }),
  /** The kind of data that the person says it is, by its id in the catalog; absent where they left it to the app. */
  finding: z.string().optional(),
  /** Values that were read as missing etc.: facts for the person, in words of the catalog of messages. */
  notes: z.array(z.object({ code: z.string(), parameters: z.record(z.string(), z.union([z.string(), z.number()])) })),
});
export type DatasetVersion = z.infer<typeof datasetVersionSchema>;

export const datasetSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.number(),
  /** Sample it came from, if any. */
  sample: z.string().nullable(),
  latestVersionId: z.string(),
  rowCount: z.number().int(),
  bytes: z.number().int(),
});
export type Dataset = z.infer<typeof datasetSchema>;

/** One row as people see it; an image cell is its index in the blob. `part` follows the setup asked with; null where the target is missing. */
export const rowSchema = z.object({
  index: z.number().int(),
  part: splitPartSchema.nullable(),
  values: z.array(z.union([z.string(), z.number(), z.null()])),
});
export type Row = z.infer<typeof rowSchema>;

/** Shape of one example, without the batch: `[784]`, `[28, 28, 1]`. */
export const shapeSchema = z.array(z.number().int().min(1));
export type Shape = readonly number[];

/** The target as a task sees it: classes in the order of the outputs, one number or those of several steps, or the input itself. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('classes'), classes: z.array(z.string()) }),
  z.object({
    kind: z.literal('number'),
    unit: z.string().nullable(),
    /** Forecasts say the numbers of so many steps at once; absent for one number. */
    steps: z.number().int().min(1).optional(),
  }),
  z.object({
    kind: z.literal('reconstruction'),
    /** Numbers of one prepared example, which are to be given back. */
    size: z.number().int().min(1),
    /** The values of the target column that mean an ordinary row, and those that mean an anomaly; null without such a column. */
    known: z.object({ ordinary: z.array(z.string()), anomalous: z.array(z.string()) }).nullable(),
  }),
]);
export type Target = z.infer<typeof targetSchema>;

/** What training counts as examples: windows of a forecast, else rows. */
export function examplesIn({
  counts,
  forecast,
}: {
  readonly counts: SplitCounts;
  readonly forecast: ForecastFacts | null;
}): SplitCounts {
  return forecast?.windows ?? counts;
}
