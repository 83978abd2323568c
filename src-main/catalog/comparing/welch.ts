/**
 * Whether two setups differ, each trained several times with other seeds: Welch's t test (1947), which does not take both
 * to vary alike. Unlike a test over rows, this speaks of the settings and not of two single models.
 */
import type { Interval } from '../intervals';
import { quantileT, twoSidedT } from './distributions';

export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** With n − 1 below; null for a single value. */
  readonly standardDeviation: number | null;
  readonly minimum: number;
  readonly maximum: number;
}

/** @param values at least one. */
export function spreadOf(values: readonly number[]): Spread {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count,
    mean,
    standardDeviation: count > 1 ? Math.sqrt(squares / (count - 1)) : null,
    minimum: Math.min(...values),
    maximum: Math.max(...values),
  };
}

export interface MeanDifference extends Interval {
  /** Mean of the second − mean of the first. */
  readonly value: number;
  readonly p: number;
  /** Welch and Satterthwaite's degrees of freedom. */
  readonly freedom: number;
}

/** @returns the difference of means with its 95 % interval; null where a group has fewer than two values or none varies. */
export function welch(first: readonly number[], second: readonly number[]): MeanDifference | null {
  if (first.length < 2 || second.length < 2) return null;
  const [a, b] = [spreadOf(first), spreadOf(second)];
  const parts = [a, b].map(({ standardDeviation, count }) => (standardDeviation ?? 0) ** 2 / count);
  const [ofFirst = 0, ofSecond = 0] = parts;
  const variance = ofFirst + ofSecond;
  if (variance === 0) return null;
  const freedom = variance ** 2 / (ofFirst ** 2 / (a.count - 1) + ofSecond ** 2 / (b.count - 1));
  const value = b.mean - a.mean;
  const error = Math.sqrt(variance);
  const half = quantileT(0.05, freedom) * error;
  return { value, low: value - half, high: value + half, p: twoSidedT(value / error, freedom), freedom };
}
