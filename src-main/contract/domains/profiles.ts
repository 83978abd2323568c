/** Profiles of columns: measured when somebody looks, by the thread that reads data, and kept there. */
import { z } from 'zod';
import { dataSetupSchema } from '../data';
import { procedure } from '../procedure';
import { columnProfileSchema, pictureSizesSchema, relationSchema, seriesSchema } from '../profiles';

export const profiles = {
  /** How each column but the target goes together with it, in the order of the version. Throws `column-missing`. */
  relations: procedure({ input: dataSetupSchema, output: z.array(relationSchema) }),
  /** A column's spread, and that per class; of a setup with an empty task the classes are left out. Throws `column-missing`. */
  column: procedure({
    input: z.object({ setup: dataSetupSchema, column: z.string() }),
    output: columnProfileSchema,
  }),
  /** Null where the version does not say in which sizes its pictures came. */
  pictureSizes: procedure({ input: z.object({ versionId: z.string() }), output: pictureSizesSchema.nullable() }),
  /** Columns of numbers along another column, or along the file where `order` is ''. Throws `column-missing`, `column-without-numbers`. */
  series: procedure({
    input: z.object({
      versionId: z.string(),
      columns: z.array(z.string()).min(1).max(12),
      order: z.string(),
      /** Stretches at most; each gives up to four points. */
      stretches: z.number().int().min(10).max(4000),
    }),
    output: seriesSchema,
  }),
};
