/** Datasets: what a version holds, page by page, under a person's setup. */
import { z } from 'zod';
import {
  dataSetupSchema,
  datasetSchema,
  datasetVersionSchema,
  rowSchema,
  shapeSchema,
  splitCountsSchema,
  splitPartSchema,
  targetSchema,
} from '../data';
import { procedure } from '../procedure';
import { stepStageSchema } from '../steps';

export const datasets = {
  list: procedure({ input: z.void(), output: z.array(datasetSchema) }),
  version: procedure({ input: z.object({ id: z.string() }), output: datasetVersionSchema }),
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
    }),
  }),
  /** A page of rows in file order, filtered by part and class, searched in any text cell. */
  rows: procedure({
    input: z.object({
      setup: dataSetupSchema,
      part: splitPartSchema.nullable(),
      label: z.string().nullable(),
      search: z.string(),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(2000),
    }),
    output: z.object({ total: z.number().int(), rows: z.array(rowSchema) }),
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
  /** Pixels of pictures by row index, one after another in the order asked, `height·width·channels` uint8 each. */
  pictures: procedure({
    input: z.object({ versionId: z.string(), column: z.string(), rows: z.array(z.number().int().min(0)).max(2000) }),
    output: z.object({
      height: z.number().int(),
      width: z.number().int(),
      channels: z.number().int(),
      pixels: z.instanceof(Uint8Array),
    }),
  }),
};
