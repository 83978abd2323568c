/**
 * A search: one configuration tried again and again with other values of some of its fields. Trials are no runs: each keeps its
 * values, its curve on validation rows and its end. The best become runs, trained by the same settings as any.
 */
import { z } from 'zod';
import { dataSetupSchema } from './data';
import { wireErrorSchema } from './errors';
import { fieldValueSchema, fieldValuesSchema, networkSpecSchema } from './network';
import { trainingSettingsSchema } from './training';

/** Values that a parameter can take; ends included. */
export const searchRangeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('integer'),
    minimum: z.number().int(),
    maximum: z.number().int(),
    scale: z.enum(['linear', 'log']),
  }),
  z.object({ kind: z.literal('number'), minimum: z.number(), maximum: z.number(), scale: z.enum(['linear', 'log']) }),
  z.object({ kind: z.literal('choice'), values: z.array(fieldValueSchema).min(1).max(50) }),
]);
export type SearchRange = z.infer<typeof searchRangeSchema>;

/**
 * A field of the configuration that is searched.
 *
 * `path` says which: `settings.learningRate` (a name of `settingsFields`), `optimizer` (its type), `optimizer.beta1`,
 * `schedule`, `schedule.start`, `loss`, `layer.<id>.<field>`, `layer.<id>#repeat` (how often the layer stands one after
 * another, 0 for not at all), `augmentation.<type>` (on or off), `augmentation.<type>.<field>`,
 * `step.<column>.<number>.<field>` (of preparation).
 */
export const searchParameterSchema = z.object({
  path: z.string().min(1).max(200),
  range: searchRangeSchema,
  /** Only where another parameter, that comes before it, has one of these values; else the field stays as it is. */
  when: z.object({ path: z.string(), values: z.array(fieldValueSchema).min(1) }).optional(),
});
export type SearchParameter = z.infer<typeof searchParameterSchema>;

/** What can be held against a limit, and be the second objective, beside the metric. */
export const searchMeasures = ['parameters', 'bytes', 'latency'] as const;
export type SearchMeasure = (typeof searchMeasures)[number];

export const searchPlanSchema = z.object({
  data: dataSetupSchema,
  network: networkSpecSchema,
  /** `epochs` are the most that a trial takes; `seed` is every trial's. */
  settings: trainingSettingsSchema,
  parameters: z.array(searchParameterSchema).max(100),
  /** Of `catalog/samplers`. */
  sampler: z.object({ type: z.string(), fields: fieldValuesSchema }),
  /** Of `catalog/pruners`. */
  pruner: z.object({ type: z.string(), fields: fieldValuesSchema }),
  /** A metric of the task on validation rows, without its prefix; or `loss`. */
  metric: z.string(),
  /** Null for the metric alone; else the trade-off between both is searched (a Pareto front). */
  second: z.enum(searchMeasures).nullable(),
  /** A trial above a limit is no answer. Parameters, bytes of the weights, or milliseconds for one example. */
  limits: z.array(z.object({ measure: z.enum(searchMeasures), most: z.number().positive() })).max(3),
  /** At least one of both; whichever is reached first ends it. Minutes include making the best anew. */
  budget: z.object({
    minutes: z.number().positive().nullable(),
    trials: z.number().int().min(1).max(100_000).nullable(),
  }),
  /** Of the search itself. */
  seed: z.number().int().min(0).max(0xffffffff),
  /** How the best is made anew, on all training rows: with how many seeds, and how many of the best answer together. */
  finish: z.object({ seeds: z.number().int().min(0).max(20), together: z.number().int().min(1).max(10) }),
  /** What the person had: the best is compared with it. */
  ownRunId: z.string().nullable(),
});
export type SearchPlan = z.infer<typeof searchPlanSchema>;

export const trialStateSchema = z.enum(['running', 'finished', 'pruned', 'failed', 'interrupted']);
export type TrialState = z.infer<typeof trialStateSchema>;

export const trialSchema = z.object({
  /** From 1, in the order of their beginning. */
  number: z.number().int(),
  state: trialStateSchema,
  /** By path; those whose condition does not hold are absent. */
  values: fieldValuesSchema,
  /** The metric on validation rows after each epoch. */
  curve: z.array(z.number()),
  /** Best of the curve; null before the first epoch. */
  value: z.number().nullable(),
  /** `batchSize` where the one that was asked for did not fit into memory, and was halved to this. */
  measures: z.partialRecord(z.enum([...searchMeasures, 'batchSize']), z.number()),
  seconds: z.number(),
  error: wireErrorSchema.nullable(),
});
export type Trial = z.infer<typeof trialSchema>;

/** As jobs; `waiting` before the first time. */
export const searchStateSchema = z.enum([
  'waiting',
  'running',
  'paused',
  'finished',
  'stopped',
  'interrupted',
  'failed',
]);
export type SearchState = z.infer<typeof searchStateSchema>;

/** Why no more trials began. */
export const searchEndSchema = z.enum([
  'trials',
  'minutes',
  /** The sampler had nothing left to try. */
  'exhausted',
  'stopped',
]);
export type SearchEnd = z.infer<typeof searchEndSchema>;

/** What was found, held against the run that the person had, on test rows: nothing is chosen by it. */
export const searchVerdictSchema = z.object({
  /** The first of the best trial's runs, or the one of several together. */
  runId: z.string(),
  ownRunId: z.string(),
  /** `seeds`: Welch's t over runs that differ by their seed alone; `rows`: both on the same resampled test rows. */
  method: z.enum(['seeds', 'rows']),
  /** Of the catalog. */
  score: z.string(),
  /** Of `rows`, the test rows; of `seeds`, the runs of both. */
  count: z.number().int(),
  /** Scores of both; of seeds their means. */
  found: z.number(),
  own: z.number(),
  /** `found` − `own`, with its 95 % interval; null ends where the resamples have no score. */
  difference: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number().nullable(),
  /** `tie`: the difference may well be chance. */
  verdict: z.enum(['better', 'worse', 'tie']),
});
export type SearchVerdict = z.infer<typeof searchVerdictSchema>;

export const searchOutcomeSchema = z.object({
  ended: searchEndSchema,
  /** Trials of the trade-off between the metric and the second objective; empty without one. */
  front: z.array(z.number().int()),
  /** Several trials as one network, whose answer is the mean of theirs; null where none was asked for or made. */
  together: z
    .object({
      runId: z.string(),
      /** Best first, as they were taken in. One that was taken twice counts twice. */
      members: z.array(z.number().int()),
      /** The metric on validation rows: of all together, and of the best alone. */
      value: z.number(),
      alone: z.number(),
    })
    .nullable(),
  /** Against `plan.ownRunId`, once the runs have been tested: of the best trial, then of several together. */
  verdicts: z.array(searchVerdictSchema),
});
export type SearchOutcome = z.infer<typeof searchOutcomeSchema>;

export const searchSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  /** `running` also while the best is made anew, when `runIds` are there. */
  state: searchStateSchema,
  plan: searchPlanSchema,
  /** Trials by how they ended. */
  counts: z.record(trialStateSchema, z.number().int()),
  /** Number of the best trial within the limits; null where there is none yet. */
  best: z.number().int().nullable(),
  /** That the search took, without what it was paused. */
  seconds: z.number(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  jobId: z.string().nullable(),
  error: wireErrorSchema.nullable(),
  /** Runs of the best trial made anew on all training rows, one for each seed, the plan's seed first. */
  runIds: z.array(z.string()),
  /** Null while trials may come; verdicts come last. */
  outcome: searchOutcomeSchema.nullable(),
});
export type Search = z.infer<typeof searchSchema>;

export const searchInputSchema = z.object({ searchId: z.string() });
