/** What of a run's settings can still be changed after it has begun: while it trains, or to train it further. */
import { z } from 'zod';
import { trainingSettingsSchema } from './training';

const { learningRate, batchSize, epochs, earlyStopping } = trainingSettingsSchema.shape;

export const adjustmentSchema = z.object({
  learningRate: learningRate.optional(),
  /** Only while it trains. */
  batchSize: batchSize.optional(),
  /** Epochs in all, those that are done included. */
  epochs: epochs.optional(),
  patience: earlyStopping.shape.patience.optional(),
});
export type Adjustment = z.infer<typeof adjustmentSchema>;

/** What a training job is asked. */
export const trainQuestionSchema = z.object({ adjust: adjustmentSchema });

/** The first epoch that is trained with it. */
export const adjustedSchema = z.object({ epoch: z.number().int() });
