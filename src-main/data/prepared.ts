/**
 * Where rows end and tensors begin: the whole dataset as flat arrays in row order, and the recipe by which later inputs
 * are made the same. The recipe is fitted on the training rows only and saved with the model.
 */
import { z } from 'zod';
import { readChain, type Normalization } from '../catalog';
import {
  columnTypeSchema,
  fittedStepSchema,
  forecastPlanSchema,
  shapeSchema,
  targetSchema,
  type Shape,
  type Target,
} from '../contract';
import type { ForecastRows } from './forecast/forecast-rows';
import type { WindowedRows } from './forecast/windows';
import type { RowFile } from './row-file';
import { logMelRecipeSchema } from './sounds/recipe';

/** How one input column becomes numbers. */
export const inputRecipeSchema = z.discriminatedUnion('kind', [
  /** (value − mean) / standardDeviation; a missing value becomes the mean, that is 0. Plus one 0/1 column `isMissing` where the training rows had gaps. */
  z.object({
    kind: z.literal('standardize'),
    column: z.string(),
    mean: z.number(),
    standardDeviation: z.number(),
    hasMissing: z.boolean(),
  }),
  /** One 0/1 column per category seen in training rows, in this order; an unseen or missing value is all zeros. */
  z.object({ kind: z.literal('one-hot'), column: z.string(), categories: z.array(z.string()) }),
  logMelRecipeSchema,
  /** uint8 pixels; the network sees value · scale. */
  z.object({ kind: z.literal('pixels'), column: z.string(), shape: shapeSchema, scale: z.number() }),
  /** Steps that a person chose, one after the other, with what each learnt from the training rows. */
  z.object({
    kind: z.literal('steps'),
    column: z.string(),
    type: columnTypeSchema,
    /** Categories seen in training rows, for choosing one; empty for other types. */
    categories: z.array(z.string()),
    steps: z.array(fittedStepSchema).transform(readChain),
    width: z.number().int().min(1),
    /** Codes of the columns before it, where all columns share one list of codes: added to those above 0. */
    codesBefore: z.number().int().min(0).optional(),
  }),
  /** The same for pictures, which stay uint8; the network sees (value · scale − mean) / deviation by channel. */
  z.object({
    kind: z.literal('pictures'),
    column: z.string(),
    /** Height, width and channels as they lie in the blob. */
    stored: shapeSchema,
    steps: z.array(fittedStepSchema).transform(readChain),
    shape: shapeSchema,
    scale: z.number(),
    normalization: z.object({ mean: z.array(z.number()), deviation: z.array(z.number()) }).nullable(),
  }),
]);
export type InputRecipe = z.infer<typeof inputRecipeSchema>;

export const preparationSchema = z.object({
  /** 1 without chosen steps, as models were saved before there were any; 3 for forecasts; 4 with spectrograms of another kind. */
  v: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  inputs: z.array(inputRecipeSchema),
  inputShape: shapeSchema,
  target: targetSchema,
  targetColumn: z.string(),
  /** Numeric targets are standardized for training and put back for people; mean 0 and deviation 1 for classes. */
  targetScale: z.object({ mean: z.number(), standardDeviation: z.number() }),
  /** How steps become windows and outputs become forecasts; the first of the inputs is then the target's own past. */
  forecast: forecastPlanSchema.optional(),
});
export type Preparation = z.infer<typeof preparationSchema>;

/** All of it but the inputs. */
export interface FittedData {
  readonly preparation: Preparation;
  readonly inputShape: Shape;
  readonly target: Target;
  /** What inputs are multiplied by on their way into the network: uint8 pixels become 0 to 1. */
  readonly scale: number;
  /** By channel, what then is taken off and divided by; null where nothing is. */
  readonly normalization: Normalization | null;
  /** One per row: class index (1 for known anomalies), or the standardized number. -1 / NaN where the target is missing (such rows are in no part). */
  readonly targets: Int32Array | Float32Array;
  /** How many numbers each row has among the targets, for forecasts of several steps; 1 if absent. */
  readonly targetWidth?: number | undefined;
  /** What each row's loss counts in training, on average 1; undefined where all count the same. */
  readonly weights?: Float32Array | undefined;
  /** Row indices of each part, ascending. */
  readonly parts: { readonly training: Int32Array; readonly validation: Int32Array; readonly test: Int32Array };
  /** Rows that are known to be anomalous, in no part of the above; undefined for tasks that do not look for them. */
  readonly anomalies?: { readonly validation: Int32Array; readonly test: Int32Array } | undefined;
}

export interface PreparedData extends FittedData {
  /** `rows × size` values, row after row, uint8 for pixels; in memory, or in a file from which they are read. */
  readonly inputs: Uint8Array | Float32Array | RowFile | WindowedRows;
  /** Puts outputs of forecasts into the person's unit; absent for all other tasks. */
  readonly forecast?: ForecastRows | undefined;
}
