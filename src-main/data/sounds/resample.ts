/**
 * Another sampling rate, by band-limited interpolation (Smith, "Digital Audio Resampling"): each new sample is a sum of the
 * old ones around it, weighted by a sinc under a Kaiser window, which takes away what the lower of the two rates can't hold.
 */

/** Zero crossings of the sinc on either side: more are nearer to the ideal, and slower. */
const CROSSINGS = 32;
/** Kaiser's β: what is beyond the band is at least 80 dB weaker. */
const BETA = 9;
/** Where the band ends, as a share of half the lower rate; between there and that half it falls off. */
const ROLL_OFF = 0.94;
/** Rates without a common measure would want a filter for each sample: they are taken as the nearest that have one. */
const MOST_PHASES = 4096;

/** @returns `round(samples.length · to / from)` samples; the same array where the rates are the same. */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const { up, down } = ratioOf(from, to);
  const scale = Math.min(1, to / from) * ROLL_OFF;
  const reach = Math.ceil(CROSSINGS / scale);
  const width = 2 * reach;
  const filters = filtersFor(up, scale, reach);
  const result = new Float32Array(Math.max(1, Math.round((samples.length * to) / from)));
  for (let at = 0; at < result.length; at++) {
    const place = at * down;
    const phase = place % up;
    const first = (place - phase) / up - reach + 1;
    let sum = 0;
    const begin = Math.max(0, -first);
    const end = Math.min(width, samples.length - first);
    for (let tap = begin; tap < end; tap++) sum += (samples[first + tap] ?? 0) * (filters[phase * width + tap] ?? 0);
    result[at] = sum;
  }
  return result;
}

/** `to / from` as a fraction in lowest terms. */
function ratioOf(from: number, to: number): { up: number; down: number } {
  const divisor = greatestCommonDivisor(from, to);
  const up = to / divisor;
  if (up <= MOST_PHASES) return { up, down: from / divisor };
  return { up: MOST_PHASES, down: Math.round((MOST_PHASES * from) / to) };
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}

/** A row of `2·reach` weights for each place between two old samples at which a new one can lie; each row sums to 1. */
function filtersFor(phases: number, scale: number, reach: number): Float32Array {
  const width = 2 * reach;
  const filters = new Float32Array(phases * width);
  for (let phase = 0; phase < phases; phase++) {
    const row = filters.subarray(phase * width, (phase + 1) * width);
    let sum = 0;
    for (let tap = 0; tap < width; tap++) {
      const distance = tap - reach + 1 - phase / phases;
      const weight = sinc(distance * scale) * kaiser(distance / reach);
      row[tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < width; tap++) row[tap] = (row[tap] ?? 0) / sum;
  }
  return filters;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser's window at -1 to 1. */
function kaiser(x: number): number {
  return Math.abs(x) > 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
}

/** I₀, the modified Bessel function of the first kind, by its series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let order = 1; term > 1e-12 * sum; order++) {
    term *= (x / (2 * order)) ** 2;
    sum += term;
  }
  return sum;
}
