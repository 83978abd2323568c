/** How a run is to be trained. Everything here, the network and the data setup are enough to repeat the run. */
import { z } from 'zod';
import { added } from './added';
import { anomalyScoreSchema } from './anomalies';
import { fieldValuesSchema } from './network';

/** Gradients longer than `limit` (the norm over all of them) are scaled down to it, or each value is cut to ±`limit`. */
const clippingSchema = z.object({
  kind: z.enum(['none', 'norm', 'value']),
  limit: z.number().positive().max(1e6),
});
export type Clipping = z.infer<typeof clippingSchema>;

/** What decides when to stop early and which epoch is best: `loss`, a metric of the task, or `main`, its first metric. */
const watchSchema = z.object({
  stopping: z.string(),
  best: z.string(),
  /** By how much the measure that stops must become better for an epoch to count. */
  minimumChange: z.number().min(0).max(1e6),
});

const augmentationSchema = z.array(z.object({ type: z.string(), fields: fieldValuesSchema })).max(20);
export type ChosenAugmentations = z.infer<typeof augmentationSchema>;

/** Settings that came after the first libraries, as they are read from records that lack them. */
export const settingDefaults = {
  clipping: { kind: 'none' as const, limit: 1 },
  schedule: { type: 'constant', fields: {} },
  classWeights: 'none' as const,
  precision: 'float32' as const,
  watch: { stopping: 'loss', best: 'main', minimumChange: 0 },
  augmentation: [],
  keepEvery: 0,
  anomalyScore: 'error' as const,
};

export const trainingSettingsSchema = z.object({
  loss: z.string(),
  optimizer: z.object({ type: z.string(), fields: fieldValuesSchema }),
  learningRate: z.number().positive().max(100),
  batchSize: z.number().int().min(1).max(65536),
  epochs: z.number().int().min(1).max(100000),
  earlyStopping: z.object({
    enabled: z.boolean(),
    /** Epochs in which `watch.stopping` does not become better before stopping. */
    patience: z.number().int().min(1).max(10000),
    /** The saved model holds the weights of the best epoch, not the last. */
    restoreBest: z.boolean(),
  }),
  seed: z.number().int().min(0).max(0xffffffff),
  /** Measure the test rows after each epoch too: for reports only, nothing is chosen by it. */
  measureTest: z.boolean(),
  clipping: added(clippingSchema, settingDefaults.clipping),
  /** How the learning rate changes from step to step: a definition of `catalog/schedules`. */
  schedule: added(z.object({ type: z.string(), fields: fieldValuesSchema }), settingDefaults.schedule),
  /** `balanced`: in the training loss each class counts the same, however many rows it has. */
  classWeights: added(z.enum(['none', 'balanced']), settingDefaults.classWeights),
  /** In which products and convolutions are computed while training; weights are float32 always. */
  precision: added(z.enum(['float32', 'bfloat16']), settingDefaults.precision),
  watch: added(watchSchema, settingDefaults.watch),
  /** Random changes of examples while training, in this order: definitions of `catalog/augmentations`. */
  augmentation: added(augmentationSchema, settingDefaults.augmentation),
  /** What was learnt by every so many epochs is kept, to branch off from; 0: the last two and the best alone. */
  keepEvery: added(z.number().int().min(0).max(100000), settingDefaults.keepEvery),
  /** Of tasks that look for anomalies, what ranks examples. */
  anomalyScore: added(anomalyScoreSchema, settingDefaults.anomalyScore),
});
export type Precision = z.infer<typeof trainingSettingsSchema>['precision'];
export type TrainingSettings = z.infer<typeof trainingSettingsSchema>;
