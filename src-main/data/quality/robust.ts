/** Median and spread that a few wild values do not move. */

export interface RobustSpread {
  readonly count: number;
  readonly median: number;
  /** 1.4826 times the median distance from the median: the standard deviation where values are normal. */
  readonly deviation: number;
}

/** @param values NaN are left out. @returns null where there are none. */
export function robustSpread(values: Float64Array): RobustSpread | null {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return null;
  const median = middle(known);
  const distances = known.map((value) => Math.abs(value - median)).sort();
  return { count: known.length, median, deviation: 1.4826 * middle(distances) };
}

function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2;
}
