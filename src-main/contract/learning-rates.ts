/** The learning-rate range test: how the loss answers to a rate that rises from step to step. */
import { z } from 'zod';

export const rangePointSchema = z.object({
  rate: z.number(),
  /** Mean training loss of the batch, before the step at this rate. */
  loss: z.number(),
  /** The same, smoothed. */
  smoothed: z.number(),
});
export type RangePoint = z.infer<typeof rangePointSchema>;

export const rateRangeSchema = z.object({
  points: z.array(rangePointSchema),
  /** Where the smoothed loss falls most steeply; null where it does not fall. */
  steepest: z.number().nullable(),
  /** A tenth of the rate at which the smoothed loss is lowest: the other usual choice; null where it does not fall. */
  tenthOfLowest: z.number().nullable(),
  /** It ended as the loss grew to a multiple of the lowest, or was no number any more; else it came to the highest rate. */
  diverged: z.boolean(),
});
export type RateRange = z.infer<typeof rateRangeSchema>;
