/** Steps of preparation as a person chooses them, and as they are once they have learnt from the training rows. */
import { z } from 'zod';
import { fieldValuesSchema } from './network';

/** One step of a column: a catalog id and the fields that are not to be its defaults. */
export const stepSchema = z.object({ type: z.string(), fields: fieldValuesSchema });
export type Step = z.infer<typeof stepSchema>;

/** By column, in the order in which they are taken. A column that is not named keeps the recipe of its type; one with no step is no input unless it holds numbers. */
export const chosenStepsSchema = z.record(z.string(), z.array(stepSchema).max(20));
export type ChosenSteps = z.infer<typeof chosenStepsSchema>;

/** With what was learnt, in the form that the step's definition knows. */
export const fittedStepSchema = stepSchema.extend({ fitted: z.unknown() });
export type FittedStep = z.infer<typeof fittedStepSchema>;

const cellSchema = z.union([z.string(), z.number(), z.null()]);

/** How values spread: equal bins from `low` to `high`, or, where a row becomes several numbers, the mean of each. */
export const valueSpreadSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bins'), low: z.number(), high: z.number(), counts: z.array(z.number()) }),
  z.object({ kind: z.literal('means'), values: z.array(z.number()) }),
]);
export type ValueSpread = z.infer<typeof valueSpreadSchema>;

/** What a column is at one point of its steps, on some rows. */
export const stepStageSchema = z.object({
  /** Numbers per row, with the input that marks gaps; 1 for texts. */
  width: z.number().int(),
  /** Names of the first of them, where they have some. */
  names: z.array(z.string()),
  /** One per row asked: its first numbers, or its text. */
  rows: z.array(z.array(cellSchema)),
  /** The rows as pictures, one after another; null for what are none. Its numbers then are not in `rows`. */
  pictures: z
    .object({
      height: z.number().int(),
      width: z.number().int(),
      channels: z.number().int(),
      pixels: z.instanceof(Uint8Array),
    })
    .nullable(),
  /** Over training rows, 10,000 at most; null for texts. */
  spread: valueSpreadSchema.nullable(),
  /** In words, what the step learnt from the training rows; null for what came in. */
  learnt: z.object({ en: z.string(), zh: z.string() }).nullable(),
});
export type StepStage = z.infer<typeof stepStageSchema>;

/** Numbers of a row that a stage shows. */
export const mostShown = 6;
