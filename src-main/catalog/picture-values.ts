/** Pictures of rows made smaller, larger or cut, one after the other. */
import type { PictureValues } from './step-definitions';

export function pictureCount({ pixels, height, width, channels }: PictureValues): number {
  return pixels.length / (height * width * channels);
}

/** The middle of each picture; a side that is no longer than asked stays as it is. Odd remainders go to the far side. */
export function cropped(
  given: PictureValues,
  size: { readonly height: number; readonly width: number },
): PictureValues {
  const [height, width] = [Math.min(size.height, given.height), Math.min(size.width, given.width)];
  const [top, left] = [Math.floor((given.height - height) / 2), Math.floor((given.width - width) / 2)];
  const line = width * given.channels;
  const pixels = new Uint8Array(pictureCount(given) * height * line);
  for (let row = 0, at = 0; at < pixels.length; row++) {
    for (let y = 0; y < height; y++, at += line) {
      const from = ((row * given.height + top + y) * given.width + left) * given.channels;
      pixels.set(given.pixels.subarray(from, from + line), at);
    }
  }
  return { ...given, height, width, pixels };
}

/** What each of `to` places takes of `from` places: from which one on, and how much of each. */
interface Reach {
  readonly first: number;
  readonly shares: Float64Array;
}

/**
 * The triangle filter, as wide as what one new place covers: linear interpolation where pictures grow, a mean where they
 * shrink, so that nothing between is left out. The same as Pillow's `BILINEAR`.
 */
function reaches(from: number, to: number): Reach[] {
  const scale = from / to;
  const support = Math.max(1, scale);
  return Array.from({ length: to }, (_, place) => {
    const centre = (place + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(from, Math.floor(centre + support + 0.5));
    const weights = Float64Array.from({ length: end - first }, (__, at) =>
      Math.max(0, 1 - Math.abs((first + at + 0.5 - centre) / support)),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    return { first, shares: weights.map((weight) => weight / sum) };
  });
}

/** First across, then down, rounded after each, as Pillow does it. */
export function resized(
  given: PictureValues,
  { height, width }: { readonly height: number; readonly width: number },
): PictureValues {
  const { channels } = given;
  const count = pictureCount(given);
  const across = along(given.pixels, { lines: count * given.height, from: given.width, to: width, step: channels });
  const pixels = along(across, { lines: count, from: given.height, to: height, step: width * channels });
  return { ...given, height, width, pixels };
}

interface Axis {
  /** How many times the axis is gone along. */
  readonly lines: number;
  readonly from: number;
  readonly to: number;
  /** Values between two neighbours on the axis, each of which has a result of its own. */
  readonly step: number;
}

function along(pixels: Uint8Array, { lines, from, to, step }: Axis): Uint8Array {
  if (from === to) return pixels;
  const result = new Uint8Array(lines * to * step);
  const all = reaches(from, to);
  for (let line = 0, at = 0; line < lines; line++) {
    const start = line * from * step;
    for (const { first, shares } of all) {
      const beginning = start + first * step;
      for (let part = 0; part < step; part++) {
        let sum = 0;
        for (let place = 0; place < shares.length; place++) {
          sum += (shares[place] ?? 0) * (pixels[beginning + place * step + part] ?? 0);
        }
        result[at++] = sum + 0.5;
      }
    }
  }
  return result;
}
