/**
 * A hash that changes little where a picture changes little: signs of the low frequencies of a 32 × 32 grey copy against their
 * median (the "pHash" of Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010).
 */
import { shrink } from './shrink';

const SIDE = 32;
const LOW = 8;

/** cos((2x + 1) u π / 64) for the frequencies 1–8: the constant one says nothing of what is shown. */
const cosines = Array.from({ length: LOW }, (_, frequency) =>
  Float64Array.from({ length: SIDE }, (_, x) => Math.cos(((2 * x + 1) * (frequency + 1) * Math.PI) / (2 * SIDE))),
);

/** @returns 64 bits in two halves. */
export function perceptualHash(grey: Float32Array, height: number, width: number): [number, number] {
  const values = lowFrequencies(shrink(grey, height, width, SIDE));
  const sorted = Float64Array.from(values).sort();
  const median = ((sorted[31] ?? 0) + (sorted[32] ?? 0)) / 2;
  const halves: [number, number] = [0, 0];
  for (const [bit, value] of values.entries()) {
    if (value > median) halves[bit < 32 ? 0 : 1] |= 1 << (bit % 32);
  }
  return [halves[0] >>> 0, halves[1] >>> 0];
}

/** A separable cosine transform, of which only the lowest 8 × 8 frequencies are worked out. */
function lowFrequencies(small: Float32Array): Float64Array {
  const rows = new Float64Array(SIDE * LOW);
  for (let y = 0; y < SIDE; y += 1) {
    for (const [u, cosine] of cosines.entries()) {
      let sum = 0;
      for (let x = 0; x < SIDE; x += 1) sum += (small[y * SIDE + x] ?? 0) * (cosine[x] ?? 0);
      rows[y * LOW + u] = sum;
    }
  }
  const values = new Float64Array(LOW * LOW);
  for (const [v, cosine] of cosines.entries()) {
    for (let u = 0; u < LOW; u += 1) {
      let sum = 0;
      for (let y = 0; y < SIDE; y += 1) sum += (rows[y * LOW + u] ?? 0) * (cosine[y] ?? 0);
      values[v * LOW + u] = sum;
    }
  }
  return values;
}

/** In how many bits two hashes differ. */
export function hammingDistance(high: number, low: number, otherHigh: number, otherLow: number): number {
  return ones(high ^ otherHigh) + ones(low ^ otherLow);
}

function ones(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
