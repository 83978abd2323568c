/** After how many steps the pattern of a series repeats, as its autocorrelation says: a proposal that a person may correct. */

/** Steps at the end that are looked at, and the longest season that is looked for. */
const MOST_STEPS = 20_000;
const LONGEST = 1000;
/** Below this correlation, and this rise from the trough before it, nothing repeats. */
const LEAST_CORRELATION = 0.2;
const LEAST_RISE = 0.25;
/** Seasons of calendars and clocks; a peak of noisy data lies near one of them. */
const COMMON = [4, 7, 12, 24, 48, 52, 96, 144, 168, 288, 365];
const NEAR = 0.04;

/**
 * The lag of the highest autocorrelation after its first deep trough: half a season apart values differ most, a season apart
 * least. A straight trend is taken out first.
 * @param values in their order, without gaps.
 * @returns 1 where nothing repeats at least twice.
 */
export function seasonOf(values: Float64Array): number {
  const kept = withoutTrend(values.subarray(Math.max(0, values.length - MOST_STEPS)));
  const longest = Math.min(LONGEST, Math.floor(kept.length / 2));
  const variance = meanProduct(kept, 0);
  if (longest < 2 || variance < 1e-12) return 1;
  let [trough, best, peak] = [1, 1, -Infinity];
  for (let lag = 1; lag <= longest; lag++) {
    const correlation = meanProduct(kept, lag) / variance;
    trough = Math.min(trough, correlation);
    const isPeak = correlation >= LEAST_CORRELATION && correlation - trough >= LEAST_RISE;
    // A multiple of a season correlates as well but for chance: only what is clearly higher is another season.
    if (isPeak && correlation > peak + (peak > 0 && lag > 1.5 * best ? 0.1 : 0)) [best, peak] = [lag, correlation];
  }
  return best === 1 ? 1 : snapped(best);
}

function snapped(lag: number): number {
  return COMMON.find((season) => Math.abs(season - lag) <= NEAR * season) ?? lag;
}

/** The mean of products of values `lag` steps apart. */
function meanProduct(values: Float64Array, lag: number): number {
  let sum = 0;
  for (let at = lag; at < values.length; at++) sum += (values[at] ?? 0) * (values[at - lag] ?? 0);
  return sum / (values.length - lag);
}

/** Less their least-squares line over the steps. */
function withoutTrend(values: Float64Array): Float64Array {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [products, squares] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    products += (at - middle) * ((values[at] ?? 0) - mean);
    squares += (at - middle) ** 2;
  }
  const slope = squares === 0 ? 0 : products / squares;
  return values.map((value, at) => value - mean - slope * (at - middle));
}
