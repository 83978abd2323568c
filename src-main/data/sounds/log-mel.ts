/**
 * Log-mel spectrograms: how strong a sound is in bands that are as far apart as people hear them, every few milliseconds.
 * The numbers are librosa's (`feature.melspectrogram`, Slaney's scale and norm, centred frames where nothing else is said,
 * Hann), with ln instead of decibels.
 */
import type { MelOptions } from '../../catalog';
import { powerSpectrum } from './fourier';

/** Weaker is taken as silence: ln(1e-10) ≈ -23. */
const FLOOR = 1e-10;

/**
 * Windows are centred at 0, `hop`, `2·hop`, …: the last at or before the sound's end; within the sound, the first transform
 * begins and the last one ends there.
 */
export function framesOf(
  samples: number,
  { hop, transform, within }: Pick<MelOptions, 'hop' | 'transform' | 'within'>,
): number {
  return Math.max(0, 1 + Math.floor((within ? samples - transform : samples) / hop));
}

/** Makes spectrograms of one kind; windows and filters are computed once. */
export class LogMel {
  readonly #options: MelOptions;
  readonly #window: Float64Array;
  readonly #filters: readonly Filter[];

  constructor(options: MelOptions) {
    this.#options = options;
    this.#window = hann(options.window);
    this.#filters = melFilters(options);
  }

  /** @returns `frames × bands`, natural logarithms of power; before and after the sound is silence. */
  of(samples: Float32Array): Float32Array {
    const { transform, hop, window, bands, within, gain = 1, range } = this.#options;
    const frames = framesOf(samples.length, this.#options);
    const result = new Float32Array(frames * bands);
    const real = new Float64Array(transform);
    const power = new Float64Array(transform / 2 + 1);
    // The window stands in the middle of the transform, and that over the frame's time.
    const margin = Math.floor((transform - window) / 2);
    const begin = margin - (within ? 0 : transform / 2);
    for (let frame = 0; frame < frames; frame++) {
      const first = frame * hop + begin;
      real.fill(0);
      for (let at = 0; at < window; at++) {
        real[margin + at] = gain * (samples[first + at] ?? 0) * (this.#window[at] ?? 0);
      }
      powerSpectrum(real, power);
      for (const [band, filter] of this.#filters.entries()) {
        result[frame * bands + band] = Math.log(Math.max(FLOOR, weighted(filter, power)));
      }
    }
    return range === undefined ? result : raised(result, range);
  }
}

/** What is weaker than the loudest by more than `range`, raised to that. */
function raised(values: Float32Array, range: number): Float32Array {
  const least = values.reduce((most, value) => Math.max(most, value), -Infinity) - range;
  return values.map((value) => Math.max(least, value));
}

/** A triangle over the bins from `first` on. */
interface Filter {
  readonly first: number;
  readonly weights: Float64Array;
}

function weighted({ first, weights }: Filter, power: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += (weights[at] ?? 0) * (power[first + at] ?? 0);
  return sum;
}

/** Triangles between places that are equally far apart in mel; each has the area 1 over Hertz (Slaney's norm). */
function melFilters({ rate, transform, bands, lowestHertz, highestHertz }: MelOptions): Filter[] {
  const [low, high] = [toMel(lowestHertz), toMel(highestHertz)];
  const corners = Array.from({ length: bands + 2 }, (_, at) => toHertz(low + ((high - low) * at) / (bands + 1)));
  const bins = transform / 2 + 1;
  return Array.from({ length: bands }, (_, band) => {
    const [left = 0, top = 0, right = 0] = corners.slice(band, band + 3);
    const all = Float64Array.from({ length: bins }, (_, bin) => {
      const hertz = (bin * rate) / transform;
      return (
        (2 / (right - left)) * Math.max(0, Math.min((hertz - left) / (top - left), (right - hertz) / (right - top)))
      );
    });
    const first = Math.max(
      0,
      all.findIndex((weight) => weight > 0),
    );
    return { first, weights: all.slice(first, all.findLastIndex((weight) => weight > 0) + 1) };
  });
}

/** Slaney's Auditory Toolbox (1998): linear below 1000 Hz, logarithmic above. */
const HERTZ_PER_MEL = 200 / 3;
const BREAK_HERTZ = 1000;
const BREAK_MEL = BREAK_HERTZ / HERTZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

function toMel(hertz: number): number {
  return hertz < BREAK_HERTZ ? hertz / HERTZ_PER_MEL : BREAK_MEL + Math.log(hertz / BREAK_HERTZ) / LOG_STEP;
}

function toHertz(mel: number): number {
  return mel < BREAK_MEL ? mel * HERTZ_PER_MEL : BREAK_HERTZ * Math.exp(LOG_STEP * (mel - BREAK_MEL));
}

/** Hann's window as spectra want it: as if it went on periodically. */
function hann(length: number): Float64Array {
  return Float64Array.from({ length }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / length));
}
