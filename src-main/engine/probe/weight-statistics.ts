/** Norms and histograms of a layer's weights, from their values. */
import { histogramBars } from '../../contract';

export interface WeightStatistics {
  readonly norm: number;
  readonly update: number;
  readonly histogram: { readonly low: number; readonly high: number; readonly counts: number[] };
}

/** @param now the layer's weights. @param before the same ones as they were. */
export function weightStatistics(now: readonly Float32Array[], before: readonly Float32Array[]): WeightStatistics {
  let [squares, moved, low, high] = [0, 0, Infinity, -Infinity];
  now.forEach((values, index) => {
    const former = before[index];
    for (let at = 0; at < values.length; at++) {
      const value = values[at] ?? 0;
      const change = value - (former?.[at] ?? value);
      squares += value * value;
      moved += change * change;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  });
  const histogram = { low, high, counts: histogramOf(now, low, high) };
  return { norm: Math.sqrt(squares), update: Math.sqrt(moved), histogram };
}

function histogramOf(all: readonly Float32Array[], low: number, high: number): number[] {
  const counts = new Int32Array(histogramBars);
  const perUnit = high > low ? histogramBars / (high - low) : 0;
  for (const values of all) {
    for (let at = 0; at < values.length; at++) {
      const bar = Math.min(histogramBars - 1, Math.floor(((values[at] ?? 0) - low) * perUnit));
      counts[bar] = (counts[bar] ?? 0) + 1;
    }
  }
  return [...counts];
}
