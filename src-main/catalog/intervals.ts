/** How sure a figure is that was measured on a limited number of rows: 95 % intervals, by formula or by resampling. */
import { generator, type Generator } from './random';
import type { Statistic } from './score-definitions';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The two-sided 95 % quantile of the normal distribution. */
export const normalQuantile = 1.959964;

/**
 * Wilson's score interval (Wilson 1927) for a share.
 * @param share 0–1, counted on `rows` rows.
 * @returns lower and upper end at 95 %, both within 0–1; null without rows.
 */
export function shareInterval(share: number, rows: number): Interval | null {
  if (rows <= 0 || !Number.isFinite(share)) return null;
  const z2 = normalQuantile ** 2;
  const centre = (share + z2 / (2 * rows)) / (1 + z2 / rows);
  const half = (normalQuantile / (1 + z2 / rows)) * Math.sqrt((share * (1 - share)) / rows + z2 / (4 * rows * rows));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

export const resamples = 1000;

export interface Resampled {
  readonly value: number;
  readonly statistic: Statistic;
  readonly resampled: 'percentile' | 'basic';
}

/**
 * Bootstrap over rows (Efron 1979): every resample draws as many rows as there are, with replacement, and all scores are
 * measured on the same draws.
 * @param rows how many the statistics were made for. @param shrink what distances from the value are multiplied by: √(rows / all)
 *   where the rows are a sample of more (the m-out-of-n bootstrap). @param block rows in a row that are drawn together, round
 *   the end, where neighbours err alike (the circular block bootstrap of Politis & Romano 1992).
 * @returns an interval at 95 % each; null where resamples do not differ, or most have no score.
 */
export function resampledIntervals(
  rows: number,
  scores: readonly Resampled[],
  seed: number,
  shrink = 1,
  block = 1,
): (Interval | null)[] {
  const next = generator(seed);
  const counts = new Int32Array(rows);
  const drawn = scores.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    drawRows(counts, next, block);
    for (const [at, { statistic }] of scores.entries()) drawn[at]?.fill(statistic(counts), resample, resample + 1);
  }
  return scores.map((score, at) => intervalOf(drawn[at] ?? new Float64Array(), score, shrink));
}

/** One resample: how often each row is drawn, as many in all as there are rows. @param block as in `resampledIntervals` */
export function drawRows(counts: Int32Array, next: Generator, block = 1): void {
  const rows = counts.length;
  counts.fill(0);
  for (let draw = 0; draw < rows;) {
    const first = Math.floor((next() / 0x1_0000_0000) * rows);
    for (const end = Math.min(rows, draw + block), begin = draw; draw < end; draw++) {
      const row = (first + draw - begin) % rows;
      counts[row] = (counts[row] ?? 0) + 1;
    }
  }
}

function intervalOf(drawn: Float64Array, { value, resampled }: Resampled, shrink: number): Interval | null {
  const known = drawn.filter(Number.isFinite).sort();
  if (known.length < drawn.length / 2 || !Number.isFinite(value)) return null;
  const [below, above] = [quantile(known, 0.025) - value, quantile(known, 0.975) - value];
  if (below === above) return null;
  return resampled === 'basic'
    ? { low: Math.max(0, value - above * shrink), high: value - below * shrink }
    : { low: value + below * shrink, high: value + above * shrink };
}

/** Linear between neighbours, as NumPy's default. @param sorted ascending, at least one. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const lower = sorted[Math.floor(place)] ?? NaN;
  const upper = sorted[Math.ceil(place)] ?? NaN;
  return lower + (place - Math.floor(place)) * (upper - lower);
}
