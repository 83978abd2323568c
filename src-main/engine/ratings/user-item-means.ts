/**
 * The baseline of ratings: the mean, plus how much higher than it the item is rated, plus how much higher than that the user
 * rates. Differences of few ratings are drawn towards 0 (damped means, Funk 2006; the bias model of LensKit).
 */
import type { Ratings } from './ratings';

/** Ratings that an item or user has as if of no difference, beside its own. */
const damping = 5;

export interface UserItemMeans {
  readonly mean: number;
  readonly answer: (user: number, item: number) => number;
}

/** @param training ratings, at least one. */
export function fitUserItemMeans({ users, items, values }: Ratings): UserItemMeans {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const ofItems = damped(items, values, () => mean);
  const itemOffset = (item: number) => ofItems.get(item) ?? 0;
  const ofUsers = damped(users, values, (row) => mean + itemOffset(items[row] ?? 0));
  return { mean, answer: (user, item) => mean + itemOffset(item) + (ofUsers.get(user) ?? 0) };
}

/** Of each code the damped mean of how much its values exceed what was expected; code 0 is nobody. */
function damped(codes: Int32Array, values: Float32Array, expected: (row: number) => number): Map<number, number> {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [row, code] of codes.entries()) {
    if (code === 0) continue;
    const own = sums.get(code) ?? { sum: 0, count: 0 };
    own.sum += (values[row] ?? NaN) - expected(row);
    own.count += 1;
    sums.set(code, own);
  }
  return new Map([...sums].map(([code, { sum, count }]) => [code, sum / (count + damping)]));
}
