/** The error from which on an example is called anomalous: how it is proposed, and what it does to rows. */
import type { ReconstructionErrors } from '../contract';

/** The share of ordinary rows that the proposal lets pass where no anomaly is known. */
export const ordinaryShare = 0.99;

/**
 * The value below which a share of the values lies, linear between neighbours, as NumPy's default.
 * @param sorted ascending. @returns NaN of no values.
 */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const lower = sorted[Math.floor(place)] ?? NaN;
  const upper = sorted[Math.ceil(place)] ?? NaN;
  return lower + (place - Math.floor(place)) * (upper - lower);
}

/**
 * The threshold with the best F1 of finding the anomalies, in the middle between two errors; of equal ones the highest,
 * which flags least.
 * @param ordinary @param anomalous errors, at least one each.
 * @param weight what an anomaly counts where an ordinary row counts 1: below it where the rows hold more anomalies than there
 *   are among all.
 */
export function bestThreshold(ordinary: ArrayLike<number>, anomalous: ArrayLike<number>, weight = 1): number {
  const marked = [
    ...Array.from(ordinary, (error) => ({ error, isAnomalous: false })),
    ...Array.from(anomalous, (error) => ({ error, isAnomalous: true })),
  ].sort((one, other) => other.error - one.error);
  let best = { f1: -1, threshold: NaN };
  let [hits, alarms] = [0, 0];
  for (const [place, { error, isAnomalous }] of marked.entries()) {
    if (isAnomalous) hits += weight;
    else alarms += 1;
    const next = marked[place + 1]?.error ?? 0;
    // Equal errors are flagged together or not at all.
    if (next === error) continue;
    const f1 = (2 * hits) / (hits + alarms + weight * anomalous.length);
    if (f1 > best.f1) best = { f1, threshold: (error + next) / 2 };
  }
  return best.threshold;
}

/** @param ordinary errors, ascending. @param anomalous errors, which may be none. @param weight as for `bestThreshold`. */
export function proposeThreshold(
  ordinary: ArrayLike<number>,
  anomalous: ArrayLike<number>,
  weight = 1,
): { readonly threshold: number; readonly rule: 'best-f1' | 'percentile' } {
  if (ordinary.length > 0 && anomalous.length > 0) {
    return { threshold: bestThreshold(ordinary, anomalous, weight), rule: 'best-f1' };
  }
  return { threshold: quantileOf(ordinary, ordinaryShare), rule: 'percentile' };
}

/** The share of errors that lie above a threshold; NaN of no errors. @param sorted ascending */
export function shareAbove(sorted: readonly number[], threshold: number): number {
  const above = sorted.findIndex((error) => error > threshold);
  return sorted.length === 0 ? NaN : above < 0 ? 0 : (sorted.length - above) / sorted.length;
}

/** Errors that are kept of each kind of row at most. */
const mostKept = 2000;

/** Sorted errors as they are stored: all, or quantiles at even distances, the least and the largest among them. */
export function keptErrors(ordinary: Float64Array, anomalous: Float64Array): ReconstructionErrors {
  const kept = (sorted: Float64Array) =>
    sorted.length <= mostKept
      ? [...sorted]
      : Array.from({ length: mostKept }, (_, at) => quantileOf(sorted, at / (mostKept - 1)));
  return {
    ordinary: ordinary.length,
    anomalous: anomalous.length,
    ordinaryErrors: kept(ordinary).map(short),
    anomalousErrors: kept(anomalous).map(short),
  };
}

function short(value: number): number {
  return Number(value.toPrecision(6));
}
