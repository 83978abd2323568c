/** How numbers spread: five figures and a histogram. */
import type { Spread } from '../../contract';

export interface Range {
  readonly least: number;
  readonly most: number;
}

const BINS = 20;

/** Least and greatest of the numbers there are; null where there is none. */
export function rangeOf(numbers: Float64Array): Range | null {
  let [least, most] = [Infinity, -Infinity];
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > most) most = number;
  }
  return least <= most ? { least, most } : null;
}

/**
 * @param numbers NaN for those that are missing. @param range of the histogram; the greatest falls in the last bin.
 * @returns null where there is no number.
 */
export function spreadOf(numbers: Float64Array, range: Range): Spread | null {
  const known = numbers.filter((number) => !Number.isNaN(number)).sort();
  const count = known.length;
  if (count === 0) return null;
  const mean = known.reduce((sum, number) => sum + number, 0) / count;
  const squares = known.reduce((sum, number) => sum + (number - mean) ** 2, 0);
  const half = count >> 1;
  const middle = known[half] ?? 0;
  return {
    count,
    minimum: known[0] ?? 0,
    maximum: known[count - 1] ?? 0,
    mean,
    median: count % 2 === 1 ? middle : ((known[half - 1] ?? 0) + middle) / 2,
    deviation: Math.sqrt(squares / count),
    histogram: histogramOf(known, range),
  };
}

function histogramOf(numbers: Float64Array, { least, most }: Range): number[] {
  const bins = most > least ? BINS : 1;
  const counts = new Array<number>(bins).fill(0);
  const width = (most - least) / bins;
  for (const number of numbers) {
    const bin = width > 0 ? Math.max(0, Math.min(bins - 1, Math.floor((number - least) / width))) : 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
