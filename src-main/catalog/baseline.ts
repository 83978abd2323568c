/** Whether a network is better than the constant answer that stands beside it. */
import type { Score } from '../contract';
import { scores } from './score-registry';

/**
 * Whether the whole 95 % interval of a score (or the score itself, where it has none) is better than the baseline's.
 * @returns null where there is nothing to compare with.
 */
export function beatsBaseline({ id, value, interval, baseline }: Score): boolean | null {
  if (baseline === null || !scores.has(id)) return null;
  return scores.get(id).better === 'higher'
    ? (interval?.low ?? value) > baseline
    : (interval?.high ?? value) < baseline;
}
