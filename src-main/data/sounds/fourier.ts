/** The discrete Fourier transform of real numbers, by Cooley and Tukey's way of halving (1965). */

/** Sines and bit-reversed places of each length that was asked for. */
const plans = new Map<
  number,
  { readonly cosines: Float64Array; readonly sines: Float64Array; readonly places: Uint32Array }
>();

/**
 * @param real of a length that is a power of two; used as working space, so that its values are lost.
 * @param power receives |X|² of the frequencies 0 to half the length.
 */
export function powerSpectrum(real: Float64Array, power: Float64Array): void {
  const imaginary = new Float64Array(real.length);
  transform(real, imaginary);
  for (let bin = 0; bin < power.length; bin++) power[bin] = (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2;
}

/** The complex transform, in place; the length is a power of two. */
export function transform(real: Float64Array, imaginary: Float64Array): void {
  const { cosines, sines, places } = planFor(real.length);
  for (const [at, place] of places.entries()) {
    if (place <= at) continue;
    [real[at], real[place]] = [real[place] ?? 0, real[at] ?? 0];
    [imaginary[at], imaginary[place]] = [imaginary[place] ?? 0, imaginary[at] ?? 0];
  }
  for (let half = 1; half < real.length; half *= 2) {
    const stride = real.length / (2 * half);
    for (let start = 0; start < real.length; start += 2 * half) {
      for (let at = 0; at < half; at++) {
        const [one, other] = [start + at, start + at + half];
        const [cosine, sine] = [cosines[at * stride] ?? 0, sines[at * stride] ?? 0];
        const re = (real[other] ?? 0) * cosine + (imaginary[other] ?? 0) * sine;
        const im = (imaginary[other] ?? 0) * cosine - (real[other] ?? 0) * sine;
        real[other] = (real[one] ?? 0) - re;
        imaginary[other] = (imaginary[one] ?? 0) - im;
        real[one] = (real[one] ?? 0) + re;
        imaginary[one] = (imaginary[one] ?? 0) + im;
      }
    }
  }
}

function planFor(length: number) {
  const known = plans.get(length);
  if (known) return known;
  const angles = Float64Array.from({ length: length / 2 }, (_, at) => (2 * Math.PI * at) / length);
  const bits = Math.log2(length);
  const places = Uint32Array.from({ length }, (_, at) => {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) if (at & (1 << bit)) reversed |= 1 << (bits - 1 - bit);
    return reversed;
  });
  const plan = { cosines: angles.map(Math.cos), sines: angles.map(Math.sin), places };
  plans.set(length, plan);
  return plan;
}
