/**
 * Whether one model scores better than another on the same rows, or was lucky: the paired bootstrap over rows (Efron and
 * Tibshirani 1993). Every resample draws rows with replacement, both models are scored on the same draws, and what the
 * difference does over all resamples says how sure it is.
 */
import { drawRows, quantile, type Interval } from '../intervals';
import { generator } from '../random';
import type { Statistic } from '../score-definitions';

/** Resamples where rows are few enough for it to take seconds. */
const mostResamples = 10_000;
const fewestResamples = 2000;
/** Values that all resamples together may turn over. */
const mostVisits = 2.5e9;

export interface ResamplingPlan {
  readonly resamples: number;
  /** So that the same predictions have the same answer. */
  readonly seed: number;
  /** Rows in a row that are drawn together, as in `resampledIntervals`. */
  readonly block: number;
}

/** @param visits values that one resample turns over: rows × models × outputs of a row. */
export function planResampling(visits: number, block = 1): ResamplingPlan {
  const affordable = Math.floor(mostVisits / Math.max(1, visits));
  return { resamples: Math.min(mostResamples, Math.max(fewestResamples, affordable)), seed: 1979, block };
}

/** @returns for each statistic its value in every resample, all on the same draws of `rows` rows. */
export function resample(
  rows: number,
  statistics: readonly Statistic[],
  { resamples, seed, block }: ResamplingPlan,
): Float64Array[] {
  const next = generator(seed);
  const counts = new Int32Array(rows);
  const drawn = statistics.map(() => new Float64Array(resamples));
  for (let at = 0; at < resamples; at++) {
    drawRows(counts, next, block);
    for (const [place, statistic] of statistics.entries()) drawn[place]?.fill(statistic(counts), at, at + 1);
  }
  return drawn;
}

/** The middle 95 % of what resamples gave (percentile method); null where most of them have no score. */
export function percentileInterval(drawn: Float64Array): Interval | null {
  const known = drawn.filter(Number.isFinite).sort();
  if (known.length === 0 || known.length < drawn.length / 2) return null;
  return { low: quantile(known, 0.025), high: quantile(known, 0.975) };
}

export interface ResampledDifference extends Interval {
  /**
   * Two-sided, that there is no difference: twice the smaller share of resamples on one side of 0, with one more on each
   * side, so that it is never 0 (Davison and Hinkley 1997, 4.2).
   */
  readonly p: number;
}

/** @param first, second values by resample, on the same draws. @returns what second − first does; null as `percentileInterval` */
export function differenceOf(first: Float64Array, second: Float64Array): ResampledDifference | null {
  const differences = first.map((value, at) => (second[at] ?? NaN) - value);
  const interval = percentileInterval(differences);
  if (!interval) return null;
  let [below, above, known] = [0, 0, 0];
  for (const difference of differences) {
    if (!Number.isFinite(difference)) continue;
    known++;
    if (difference <= 0) below++;
    if (difference >= 0) above++;
  }
  return { ...interval, p: Math.min(1, (2 * (Math.min(below, above) + 1)) / (known + 1)) };
}
