/** Runs, their epochs and events, and what is measured on the test rows. */
import { z } from 'zod';
import { dataSetupSchema, shapeSchema, targetSchema } from './data';
import { added } from './added';
import { anomalyAnswerSchema, anomalyMeasuresSchema } from './anomalies';
import { runParentSchema } from './branches';
import { wireErrorSchema } from './errors';
import { forecastPlanSchema } from './forecasts';
import { networkSpecSchema } from './network';
import { newcomerSchema } from './recommendations';
import { baselineSchema, rankingSchema, scoreCurvesSchema, scoreSchema } from './scores';
import { noTimes, runTimesSchema } from './queue';
import { trainingSettingsSchema } from './training';

export const runStateSchema = z.enum([
  /** Waits for its turn, or is about to train; see `isWaiting`. */
  'queued',
  'running',
  'paused',
  'finished',
  /** Ended early by the person; what was trained is saved. */
  'stopped',
  /** Its process died; complete epochs are saved. */
  'interrupted',
  'failed',
]);
export type RunState = z.infer<typeof runStateSchema>;

/**
 * Metric values by name: `loss`, `accuracy`, … with prefix `validation.` or `test.` for the other parts. Of test rows also
 * their scores, and with prefix `baseline.` what a constant answer gets there.
 */
export const metricValuesSchema = z.record(z.string(), z.number());
export type MetricValues = Readonly<z.infer<typeof metricValuesSchema>>;

export const epochSchema = z.object({
  /** From 1. */
  epoch: z.number().int(),
  metrics: metricValuesSchema,
  seconds: z.number(),
  examplesPerSecond: z.number(),
  /** Of the epoch's last step. This and what follows: absent in runs of older versions. */
  learningRate: z.number().optional(),
  /** Bytes that the process of the training took as the epoch ended. */
  memory: z.number().optional(),
  /** Processor cores that it kept busy on average, over the epoch. */
  cores: z.number().optional(),
});
export type Epoch = z.infer<typeof epochSchema>;

/** A batch's training loss; at most 200 per epoch are kept, each the mean over the steps since the last. */
export const batchPointSchema = z.object({ step: z.number().int(), epoch: z.number(), loss: z.number() });
export type BatchPoint = z.infer<typeof batchPointSchema>;

export const runEventSchema = z.object({
  seq: z.number().int(),
  time: z.number(),
  level: z.enum(['info', 'warning', 'error']),
  code: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type RunEvent = z.infer<typeof runEventSchema>;

export const bestSchema = z.object({ metric: z.string(), value: z.number(), epoch: z.number().int() });

/** What did the steps of a run. */
export const engineSchema = z.object({
  /** One call of a graph for each step, or a call for each operation. */
  kind: z.enum(['compiled', 'eager']),
  /** Why it was not compiled; null where it was. */
  reason: z.string().nullable(),
  /** What making the graph took; null where there is none. */
  recordingSeconds: z.number().nullable(),
});

export const runSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  note: z.string(),
  state: runStateSchema,
  data: dataSetupSchema,
  datasetName: z.string(),
  network: networkSpecSchema,
  settings: trainingSettingsSchema,
  /** `tensorflow-cpu`, `tensorflow-cuda`, `wasm`, `cpu`: set when training starts. */
  backend: z.string().nullable(),
  parameterCount: z.number().int().nullable(),
  /** Set when training starts, anew each time it goes on; null before, and for runs of older versions. */
  engine: engineSchema.nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  times: added(runTimesSchema, noTimes),
  parent: added(runParentSchema.nullable(), null),
  epochsDone: z.number().int(),
  /** By the measure that `settings.watch.best` names, on validation rows, or training rows where there are none. */
  best: bestSchema.nullable(),
  last: metricValuesSchema.nullable(),
  /** On the test rows, with the saved weights; null until evaluated. */
  test: metricValuesSchema.nullable(),
  error: wireErrorSchema.nullable(),
  jobId: z.string().nullable(),
  /** Losses per epoch for a sparkline: validation where there is one, else training. */
  sparkline: z.array(z.number()),
  /** The search that it was made by, and of which trial, null for several together; absent for all others. */
  search: z.object({ id: z.string(), trial: z.number().int().nullable() }).optional(),
});
export type Run = z.infer<typeof runSchema>;

export const runHistorySchema = z.object({
  run: runSchema,
  epochs: z.array(epochSchema),
  batches: z.array(batchPointSchema),
  events: z.array(runEventSchema),
  /** Live messages with a higher `seq` follow after this history. */
  seq: z.number().int(),
});
export type RunHistory = z.infer<typeof runHistorySchema>;

/** What is needed to use a saved model: how its inputs are prepared, what its outputs mean. */
export const modelInfoSchema = z.object({
  runId: z.string(),
  task: z.string(),
  inputShape: shapeSchema,
  target: targetSchema,
  inputs: z.array(
    z.object({
      column: z.string(),
      type: z.enum(['number', 'category', 'text', 'image', 'audio']),
      categories: z.array(z.string()),
    }),
  ),
  /** How steps become forecasts; absent for models of anything else. */
  forecast: forecastPlanSchema.optional(),
  /** Layers that bring weights of their own, which the model stores nothing of, and the sha256 of those. */
  pretrained: z.array(z.object({ layer: z.string(), sha256: z.string() })).optional(),
  epoch: z.number().int(),
  bytes: z.number().int(),
  /** sha256 of the weights. */
  sha256: z.string(),
});
export type ModelInfo = z.infer<typeof modelInfoSchema>;

export const evaluationSchema = z.object({
  runId: z.string(),
  part: z.enum(['test']),
  rows: z.number().int(),
  metrics: metricValuesSchema,
  /** Classification: `confusion[actual][predicted]` counts; empty for a numeric target. */
  confusion: z.array(z.array(z.number().int())),
  target: targetSchema,
  /** In the order of the catalog. Empty, and no baseline, in evaluations of older versions, and where rows are too few. */
  scores: added(z.array(scoreSchema), []),
  baseline: added(baselineSchema.nullable(), null),
  curves: added(scoreCurvesSchema.nullable(), null),
  /** Null for other tasks, and where no test user has a liked item. */
  ranking: added(rankingSchema.nullable(), null),
  /** Absent for other tasks. */
  anomaly: anomalyMeasuresSchema.optional(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

/** A test row with what the model says of it. `outputs` are probabilities by class, one number, or one for each step ahead. */
export const predictedRowSchema = z.object({
  index: z.number().int(),
  actual: z.union([z.string(), z.number(), z.null()]),
  predicted: z.union([z.string(), z.number()]),
  outputs: z.array(z.number()),
});
export type PredictedRow = z.infer<typeof predictedRowSchema>;

/** Something to predict: pixels (`height·width·channels`, 0–255), a sound of one channel (-1 to 1) or a value per input column; for forecasts all known steps of each column, the latest last. */
export const predictionInputSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pixels'), pixels: z.instanceof(Uint8Array) }),
  z.object({
    kind: z.literal('sound'),
    rate: z.number().int().min(1000).max(768_000),
    samples: z.instanceof(Float32Array),
  }),
  z.object({ kind: z.literal('values'), values: z.record(z.string(), z.union([z.string(), z.number(), z.null()])) }),
  z.object({ kind: z.literal('row'), index: z.number().int() }),
]);
export type PredictionInput = z.infer<typeof predictionInputSchema>;

export const predictionSchema = z.object({
  predicted: z.union([z.string(), z.number()]),
  outputs: z.array(z.object({ label: z.string(), value: z.number() })),
  /** Of models of anomalies only; `predicted` is then `ordinary` or `anomalous`, or the error itself without a threshold. */
  anomaly: anomalyAnswerSchema.optional(),
  /** Of models of ratings only, where no training row has the user or the item. */
  newcomer: newcomerSchema.optional(),
});
export type Prediction = z.infer<typeof predictionSchema>;
