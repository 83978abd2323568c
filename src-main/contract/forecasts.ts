/** Forecasting: what a person chooses of a table whose rows are time steps, and what comes of it for the data at hand. */
import { z } from 'zod';

/** More steps are no window that a small network learns from. */
export const mostSteps = 2000;
const steps = z.number().int().min(1).max(mostSteps);

export const forecastChoicesSchema = z.object({
  /** The column that says when a row was; null: rows stand in their order. */
  time: z.string().nullable(),
  /** The column whose values tell several series apart; null: all rows are one. */
  series: z.string().nullable(),
  /** Columns that are read in the window beside the target, each as it was known at its step. */
  covariates: z.array(z.string()),
  /** How many steps back are read. Null, as below: what the data suggest. */
  window: steps.nullable(),
  /** How many steps ahead are said, all at once. */
  horizon: steps.nullable(),
  /** Steps after which the pattern repeats, such as 12 for months; 1 where it does not. */
  season: steps.nullable(),
});
export type ForecastChoices = z.infer<typeof forecastChoicesSchema>;

/** From one step to the next: so many months, working days, milliseconds, or ones of the column's own numbers. */
export const timeStepSchema = z.object({
  unit: z.enum(['month', 'weekday', 'millisecond', 'number']),
  count: z.number().positive(),
  /** Each step is the last day of its month. */
  monthEnd: z.boolean(),
});
export type TimeStep = z.infer<typeof timeStepSchema>;

/** How the column of time is read and written, and the usual distance of its steps; null where they lie anyhow. */
export const timingSchema = z.object({
  form: z.enum(['number', 'year', 'quarter', 'month', 'day', 'minute', 'second', 'millisecond']),
  dayOrder: z.enum(['day-first', 'month-first']),
  step: timeStepSchema.nullable(),
});
export type Timing = z.infer<typeof timingSchema>;

/** The choices with what the data decided, saved with a model. */
export const forecastPlanSchema = forecastChoicesSchema.extend({
  ...{ window: steps, horizon: steps, season: steps },
  /** Null without a column of dates or numbers that says when; absent in models of older versions. */
  timing: timingSchema.nullable().optional(),
});
export type ForecastPlan = z.infer<typeof forecastPlanSchema>;

/** What a forecast's setup comes to. */
export const forecastFactsSchema = z.object({
  plan: forecastPlanSchema,
  /** How many series there are. */
  series: z.number().int(),
  /** Windows whose answers lie wholly in a part. */
  windows: z.object({ training: z.number().int(), validation: z.number().int(), test: z.number().int() }),
});
export type ForecastFacts = z.infer<typeof forecastFactsSchema>;

/** How many steps before the first answer must be known: the window, and a season for the forecast that stands beside. */
export function stepsNeeded({ window, season }: Pick<ForecastPlan, 'window' | 'season'>): number {
  return Math.max(window, season);
}
