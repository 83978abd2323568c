/** Blocks of sound out of spectra: the inverse MDCT and the windows under which blocks overlap (Vorbis I, section 4.3). */
import { transform } from '../fourier';

/** Turns of each length of spectrum: e^(−iπk(1+N)/2N) for each frequency, e^(−iπ(2t+1+N)/4N) for each time. */
const turns = new Map<number, { readonly before: Float64Array; readonly after: Float64Array }>();

/** y[t] = Σ X[k] · cos(π/4N · (2t + 1 + N) · (2k + 1)) for t from 0 to 2N − 1, by one complex transform of 2N values. */
export function inverseMdct(spectrum: Float32Array | Float64Array): Float64Array {
  const length = spectrum.length;
  const { before, after } = turnsFor(length);
  const real = new Float64Array(2 * length);
  const imaginary = new Float64Array(2 * length);
  for (let k = 0; k < length; k++) {
    real[k] = (spectrum[k] ?? 0) * (before[2 * k] ?? 0);
    imaginary[k] = (spectrum[k] ?? 0) * (before[2 * k + 1] ?? 0);
  }
  transform(real, imaginary);
  return real.map((value, t) => value * (after[2 * t] ?? 0) - (imaginary[t] ?? 0) * (after[2 * t + 1] ?? 0));
}

function turnsFor(length: number) {
  const known = turns.get(length);
  if (known) return known;
  const table = (count: number, angle: (at: number) => number) =>
    Float64Array.from({ length: 2 * count }, (_, at) =>
      at % 2 === 0 ? Math.cos(angle(at / 2)) : Math.sin(angle((at - 1) / 2)),
    );
  const made = {
    before: table(length, (k) => (-Math.PI * k * (1 + length)) / (2 * length)),
    after: table(2 * length, (t) => (-Math.PI * (2 * t + 1 + length)) / (4 * length)),
  };
  turns.set(length, made);
  return made;
}

/** @param left length of the overlap with the block before, @param right with the one after. Multiplies in place. */
export function applyWindow(block: Float64Array, left: number, right: number): void {
  const length = block.length;
  const rise = length / 4 - left / 2;
  const fall = (3 * length) / 4 - right / 2;
  for (let at = 0; at < length; at++) {
    const up = at < rise ? 0 : at < rise + left ? slope((at - rise + 0.5) / left) : 1;
    const down = at < fall ? 1 : at < fall + right ? slope(1 - (at - fall + 0.5) / right) : 0;
    block[at] = (block[at] ?? 0) * up * down;
  }
}

/** From 0 to 1, so that the squares of two that meet add up to 1. */
function slope(share: number): number {
  return Math.sin((Math.PI / 2) * Math.sin((share * Math.PI) / 2) ** 2);
}

/** What is finished where two blocks meet: from the middle of the first to the middle of the second. */
export function overlap(first: Float64Array, second: Float64Array): Float64Array {
  const shift = second.length / 4 - (3 * first.length) / 4;
  const start = first.length / 2;
  return Float64Array.from({ length: first.length / 4 + second.length / 4 }, (_, at) => {
    const place = start + at;
    return (first[place] ?? 0) + (second[place + shift] ?? 0);
  });
}
