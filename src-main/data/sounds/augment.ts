/**
 * Random changes of sounds as plain functions: a move in time, noise at a given distance from the sound, and SpecAugment's bars
 * over a spectrogram. What is random comes from the caller, from 0 up to 1, so that a seed repeats it.
 */

/** Draws the next number from 0 up to 1. */
export type NextRandom = () => number;

/** @param by samples, later where positive. @returns as many samples; silence where nothing moves in. */
export function timeShift(samples: Float32Array, by: number): Float32Array {
  const moved = new Float32Array(samples.length);
  const kept = samples.subarray(Math.max(0, -by), Math.max(0, samples.length - Math.max(0, by)));
  moved.set(kept, Math.min(samples.length, Math.max(0, by)));
  return moved;
}

/**
 * White noise whose power lies so many decibels below that of the sound: 10·log₁₀(sound / noise). Silence stays silent.
 * Normal draws by Box and Muller (1958).
 */
export function addNoise(samples: Float32Array, decibels: number, next: NextRandom): Float32Array {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  const deviation = Math.sqrt(power / 10 ** (decibels / 10));
  return samples.map((sample) => {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    return sample + deviation * radius * Math.cos(2 * Math.PI * next());
  });
}

export interface Bars {
  /** How many bars, and how wide each is at most, in frames and in bands. */
  readonly times: number;
  readonly mostFrames: number;
  readonly pitches: number;
  readonly mostBands: number;
}

/**
 * SpecAugment without warping (Park et al., 2019): bars over time and over pitch take the value of the mean.
 * @param values `frames × bands`, standardized, so that the mean is 0.
 */
export function maskSpectrum(
  values: Float32Array,
  bands: number,
  { times, mostFrames, pitches, mostBands }: Bars,
  next: NextRandom,
): Float32Array {
  const frames = values.length / bands;
  const hidden = (count: number, most: number, length: number): Uint8Array => {
    const marks = new Uint8Array(length);
    for (let bar = 0; bar < count; bar++) {
      const width = Math.floor(next() * (Math.min(most, length) + 1));
      const start = Math.floor(next() * (length - width + 1));
      marks.fill(1, start, start + width);
    }
    return marks;
  };
  const [inTime, inPitch] = [hidden(times, mostFrames, frames), hidden(pitches, mostBands, bands)];
  return values.map((value, at) => (inTime[Math.floor(at / bands)] || inPitch[at % bands] ? 0 : value));
}
