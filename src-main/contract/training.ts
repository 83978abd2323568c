/** How a run is to be trained. Everything here, the network and the data setup are enough to repeat the run. */
import { z } from 'zod';
import { fieldValuesSchema } from './network';

export const trainingSettingsSchema = z.object({
  loss: z.string(),
  optimizer: z.object({ type: z.string(), fields: fieldValuesSchema }),
  learningRate: z.number().positive().max(100),
  batchSize: z.number().int().min(1).max(65536),
  epochs: z.number().int().min(1).max(100000),
  earlyStopping: z.object({
    enabled: z.boolean(),
    /** Epochs without a better validation loss before stopping. */
    patience: z.number().int().min(1).max(10000),
    /** The saved model holds the weights of the best epoch, not the last. */
    restoreBest: z.boolean(),
  }),
  seed: z.number().int().min(0).max(0xffffffff),
  /** Measure the test rows after each epoch too: for reports only, nothing is chosen by it. */
  measureTest: z.boolean(),
});
export type TrainingSettings = z.infer<typeof trainingSettingsSchema>;
