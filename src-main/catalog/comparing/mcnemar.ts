/**
 * McNemar's test (1947): of the rows that only one of two models answers rightly, does one of them have more than chance
 * would give it? Exact, by the binomial distribution, and mid-p, which is less careful and seldom too bold (Fagerland,
 * Lydersen and Laake 2013).
 */
import { halfBinomial } from './distributions';

export interface McNemar {
  /** Two-sided; 1 where the models are never right alone. */
  readonly exact: number;
  readonly midP: number;
}

/** @param onlyFirst rows that only the first answers rightly. @param onlySecond rows that only the second does. */
export function mcNemar(onlyFirst: number, onlySecond: number): McNemar {
  const n = onlyFirst + onlySecond;
  if (n === 0) return { exact: 1, midP: 1 };
  const fewer = Math.min(onlyFirst, onlySecond);
  let below = 0;
  for (let k = 0; k <= fewer; k++) below += halfBinomial(k, n);
  return {
    exact: Math.min(1, 2 * below),
    midP: Math.min(1, Math.max(0, 2 * below - halfBinomial(fewer, n))),
  };
}
