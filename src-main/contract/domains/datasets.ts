/** Datasets: what a version holds, page by page, under a person's setup. */
import { z } from 'zod';
import {
  dataSetupSchema,
  datasetSchema,
  datasetVersionSchema,
  rowSchema,
  shapeSchema,
  splitCountsSchema,
  targetSchema,
} from '../data';
import { leftOutReportSchema, leftOutSchema } from '../left-out';
import { MOST_EDITED_ROWS } from '../edits';
import { forecastFactsSchema } from '../forecasts';
import { procedure } from '../procedure';
import { versionComparisonSchema, versionEntrySchema, versionRemovalSchema } from '../versions';
import { rowChoiceSchema } from '../row-query';
import { splitFactsSchema } from '../splits';
import { stepStageSchema } from '../steps';

export const datasets = {
  list: procedure({ input: z.void(), output: z.array(datasetSchema) }),
  version: procedure({ input: z.object({ id: z.string() }), output: datasetVersionSchema }),
  /** Says what kind of data a dataset is, for all of its versions; null leaves it to the app again. */
  setFinding: procedure({
    input: z.object({ datasetId: z.string(), finding: z.string().nullable() }),
    output: z.void(),
  }),
  /** What a setup makes of the version: rows per part, the target, the shape of one prepared example. Throws coded errors for an unfit target or split. */
  describe: procedure({
    input: dataSetupSchema,
    output: z.object({
      counts: splitCountsSchema,
      /** Rows left out because their target is missing. */
      withoutTarget: z.number().int(),
      target: targetSchema,
      /** Rows per class and part, in class order; empty for a numeric target. */
      classCounts: z.array(splitCountsSchema),
      inputShape: shapeSchema,
      /** How many different codes the inputs are, for an embedding to look up; null where they are no codes. */
      codes: z.number().int().nullable(),
      split: splitFactsSchema,
      /** Null for tasks whose rows are no time steps. */
      forecast: forecastFactsSchema.nullable(),
    }),
  }),
  /**
   * A page of the rows that the filters let through, in the order asked; of a setup with an empty task all are in no part.
   * Throws `column-missing`.
   */
  rows: procedure({
    input: rowChoiceSchema.extend({
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(2000),
    }),
    output: z.object({ total: z.number().int(), rows: z.array(rowSchema) }),
  }),
  /** A page of what the version's import left out, in the order of reading, of one reason's code or of all. */
  leftOut: procedure({
    input: z.object({
      versionId: z.string(),
      code: z.string().nullable(),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(2000),
    }),
    output: leftOutReportSchema
      .pick({ total: true, counts: true })
      .extend({ kept: z.number().int(), entries: z.array(leftOutSchema) }),
  }),
  /**
   * What the steps of a column make of some rows, each fitted on the training rows. Rows are by index; none asked means a
   * few that the reader chooses, one with a gap among them where there is one.
   */
  preview: procedure({
    input: z.object({
      setup: dataSetupSchema,
      column: z.string(),
      rows: z.array(z.number().int().min(0)).max(100),
    }),
    output: z.object({
      rows: z.array(z.number().int()),
      /** What came in, then one per step. */
      stages: z.array(stepStageSchema),
    }),
  }),
  /** Indices of the rows that the same filters let through, from one position to another: what a person selects without having scrolled there. */
  rowIndices: procedure({
    input: rowChoiceSchema.extend({
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(MOST_EDITED_ROWS),
    }),
    output: z.instanceof(Int32Array),
  }),
  /** Pixels of pictures by row index, one after another in the order asked, `height·width·channels` uint8 each. */
  pictures: procedure({
    input: z.object({
      versionId: z.string(),
      column: z.string(),
      rows: z.array(z.number().int().min(0)).max(2000),
      /** The longest side wanted, for a gallery; absent for pictures as they are kept. */
      side: z.number().int().min(8).max(4096).optional(),
    }),
    output: z.object({
      height: z.number().int(),
      width: z.number().int(),
      channels: z.number().int(),
      pixels: z.instanceof(Uint8Array),
    }),
  }),
  /**
   * A picture's file as it came, a piece at a time, so that a large one never holds the window up: `bytes` from `offset` on, of
   * `total`. Throws `original-missing` where the files were not kept.
   */
  original: procedure({
    input: z.object({
      versionId: z.string(),
      column: z.string(),
      row: z.number().int().min(0),
      offset: z.number().int().min(0),
    }),
    output: z.object({ type: z.string(), total: z.number().int(), bytes: z.instanceof(Uint8Array) }),
  }),
  /**
   * Overviews of sounds by row index, one after another in the order asked: `points` pairs of int8, the least and the greatest
   * of equal stretches, ±127 for ±1.
   */
  waveforms: procedure({
    input: z.object({ versionId: z.string(), column: z.string(), rows: z.array(z.number().int().min(0)).max(2000) }),
    output: z.object({
      points: z.number().int(),
      ranges: z.instanceof(Uint8Array),
      /** How long each is. */
      seconds: z.array(z.number()),
    }),
  }),
  /** The sound of a row, to be played: int16 little-endian, one channel. */
  sound: procedure({
    input: z.object({ versionId: z.string(), column: z.string(), row: z.number().int().min(0) }),
    output: z.object({ rate: z.number().int(), samples: z.instanceof(Uint8Array) }),
  }),
  /** All versions of a dataset, newest first. */
  versions: procedure({ input: z.object({ datasetId: z.string() }), output: z.array(versionEntrySchema) }),
  /** Throws `versions-unrelated` for versions of different datasets. */
  compare: procedure({
    input: z.object({ from: z.string(), to: z.string(), target: z.string().nullable() }),
    output: versionComparisonSchema,
  }),
  /** What deleting a version would free, and what stands against it. */
  removal: procedure({ input: z.object({ versionId: z.string() }), output: versionRemovalSchema }),
  /** Deletes a version and its files for good. Throws `version-in-use`. */
  remove: procedure({ input: z.object({ versionId: z.string() }), output: versionRemovalSchema }),
};
