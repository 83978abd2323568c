/**
 * Scores: what all test predictions together say of a saved model. A metric (`metrics/`) is a mean over examples that each
 * epoch can afford; a score may need every prediction at once (a ranking, a class as a whole) and comes with an interval.
 */
import type { MetricDefinition } from './definitions';
import type { Interval } from './intervals';

/** What a classifier said of rows whose class is known. */
export interface ClassPredictions {
  readonly kind: 'classes';
  readonly classes: number;
  /** Class index of each row. */
  readonly actual: Int32Array;
  /** `rows × classes` probabilities, row after row. */
  readonly outputs: Float32Array;
}

/** What a regression said of rows whose number is known, both in the person's unit. */
export interface NumberPredictions {
  readonly kind: 'number';
  /** One per row; of forecasts `rows × steps`, row after row, as `outputs`. */
  readonly actual: Float32Array;
  readonly outputs: Float32Array;
  /** Of forecasts: how many steps each row has, and by row what MASE divides its errors by. */
  readonly forecast?: { readonly steps: number; readonly scales: Float64Array };
}

/** Of rows; lists of recommendations are scored beside them. */
export type Predictions = ClassPredictions | NumberPredictions;

/**
 * The score of the rows it was made for, each counted as often as `counts` says: 1 each is the score itself, counts drawn
 * with replacement are a resample. NaN where these rows have none.
 */
export type Statistic = (counts: Int32Array) => number;

interface AnyScore extends Pick<MetricDefinition, 'id' | 'label' | 'help' | 'better' | 'format'> {
  /** Place among the scores of its kind of target; the first one decides whether the network beats the baseline. */
  readonly order: number;
  /**
   * `percentile` takes the middle 95 % of resampled scores. `basic` turns them round the score, which undoes the bias of a
   * score, never negative, that resampling alone makes larger (Davison and Hinkley 1997, 5.2).
   */
  readonly resampled: 'percentile' | 'basic';
}

export interface ClassScore extends AnyScore {
  readonly target: 'classes';
  /** Whether the majority class's score says anything: its calibration is right whatever the data. */
  readonly hasBaseline: boolean;
  readonly statistic: (rows: ClassPredictions) => Statistic;
  /** Where a formula is known, in the place of resampling; null where it says nothing. */
  readonly interval?: (rows: ClassPredictions, value: number) => Interval | null;
}

export interface NumberScore extends AnyScore {
  readonly target: 'number';
  /** Which constant, learnt from the training rows, this score likes best. */
  readonly baseline: 'mean' | 'median';
  readonly statistic: (rows: NumberPredictions) => Statistic;
}

/** Lists of recommendations, a user each, beside what they liked in rows kept apart. */
export interface RankedUsers {
  readonly kind: 'ranking';
  /** How many items each user liked there; at least one. */
  readonly relevant: Int32Array;
  /** Places of those, from 0, that stand in the user's list. */
  readonly places: readonly (readonly number[])[];
}

export interface RankingScore extends AnyScore {
  readonly target: 'ranking';
  readonly statistic: (users: RankedUsers) => Statistic;
}

/** What reconstruction errors say of rows of which it is known whether they are anomalous. */
export interface AnomalyPredictions {
  readonly kind: 'anomalies';
  /** One per row: what ranks them. */
  readonly errors: Float64Array;
  /** How badly each row is given back, where something else ranks them; NaN where that was not kept. */
  readonly reconstruction?: Float64Array | undefined;
  /** 1 for anomalous rows, by row. */
  readonly anomalous: Uint8Array;
  /** An example whose error is larger is called anomalous. */
  readonly threshold: number;
}

export interface AnomalyScore extends AnyScore {
  readonly target: 'reconstruction';
  readonly statistic: (rows: AnomalyPredictions) => Statistic;
  /** Where a formula is known, in the place of resampling. */
  readonly interval?: (rows: AnomalyPredictions) => Interval | null;
}

export type ScoreDefinition = ClassScore | NumberScore | RankingScore | AnomalyScore;

/** What a score has in common with the metric of the same id. */
export function sharedWith({ id, label, help, better, format }: MetricDefinition) {
  return { id, label, help, better, format };
}
