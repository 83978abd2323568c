/** What the checks of pictures want to know of each, measured in one pass over the pixels. */
import type { DatasetVersion } from '../../contract';
import { findColumn } from '../columns';
import type { LibraryPaths } from '../paths';
import { pictureIndices, readPictures } from '../pictures';
import { perceptualHash } from './perceptual-hash';
import type { CheckWatch } from './quality-data';
import { shrink } from './shrink';

/** Side of the small grey copies by which likely twins are compared. */
export const THUMB = 16;
/** Pixels are read about so many bytes at a time. */
const PIECE_BYTES = 16 << 20;

/** Typed arrays by row; a row without a picture has `present` 0 and zeros elsewhere. */
export interface PictureFacts {
  readonly present: Uint8Array;
  /** A 64-bit hash of the pixels as they are, in two halves. */
  readonly exactHigh: Uint32Array;
  readonly exactLow: Uint32Array;
  /** `perceptualHash` in two halves. */
  readonly hashHigh: Uint32Array;
  readonly hashLow: Uint32Array;
  /** `THUMB²` grey values each. */
  readonly thumbs: Uint8Array;
  /** Mean grey, 0–255. */
  readonly brightness: Float32Array;
  /** 1st and 99th percentile of the grey values. */
  readonly darkest: Uint8Array;
  readonly brightest: Uint8Array;
  /** Variance of the Laplacian over the variance of the grey values: low where edges are soft; NaN for one flat colour. */
  readonly sharpness: Float32Array;
}

/** @throws CodedError as `readPictures`; the signal's reason. */
export async function measurePictures(
  library: LibraryPaths,
  version: DatasetVersion,
  columnName: string,
  { signal, progress }: CheckWatch,
): Promise<PictureFacts> {
  const rows = version.rowCount;
  const facts = emptyFacts(rows);
  const { column, index } = findColumn(version, columnName);
  const { height, width, channels } = column.image ?? { height: 1, width: 1, channels: 1 };
  const indices = await pictureIndices(library, version, index);
  const size = height * width * channels;
  const grey = new Float32Array(height * width);
  const piece = Math.max(1, Math.floor(PIECE_BYTES / size));
  for (let first = 0; first < rows; first += piece) {
    signal.throwIfAborted();
    progress(first, rows);
    const asked = Array.from({ length: Math.min(piece, rows - first) }, (_, at) => first + at).filter(
      (row) => (indices[row] ?? -1) >= 0,
    );
    const { pixels } = await readPictures(library, version, columnName, asked);
    for (const [place, row] of asked.entries()) {
      const own = pixels.subarray(place * size, (place + 1) * size);
      toGrey(own, channels, grey);
      measure(facts, row, { pixels: own, grey, height, width });
    }
  }
  return facts;
}

function emptyFacts(rows: number): PictureFacts {
  return {
    present: new Uint8Array(rows),
    exactHigh: new Uint32Array(rows),
    exactLow: new Uint32Array(rows),
    hashHigh: new Uint32Array(rows),
    hashLow: new Uint32Array(rows),
    thumbs: new Uint8Array(rows * THUMB * THUMB),
    brightness: new Float32Array(rows),
    darkest: new Uint8Array(rows),
    brightest: new Uint8Array(rows),
    sharpness: new Float32Array(rows),
  };
}

/** Rec. 601 luma of RGB; grey as it is. */
export function toGrey(pixels: Uint8Array, channels: number, grey: Float32Array): void {
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * channels;
    grey[at] =
      channels >= 3
        ? 0.299 * (pixels[from] ?? 0) + 0.587 * (pixels[from + 1] ?? 0) + 0.114 * (pixels[from + 2] ?? 0)
        : (pixels[from] ?? 0);
  }
}

interface Measured {
  readonly pixels: Uint8Array;
  readonly grey: Float32Array;
  readonly height: number;
  readonly width: number;
}

function measure(facts: PictureFacts, row: number, { pixels, grey, height, width }: Measured): void {
  facts.present[row] = 1;
  facts.exactHigh[row] = hashBytes(pixels, 0x811c9dc5);
  facts.exactLow[row] = hashBytes(pixels, 0x2f0b4c47);
  const [high, low] = perceptualHash(grey, height, width);
  facts.hashHigh[row] = high;
  facts.hashLow[row] = low;
  facts.thumbs.set(shrink(grey, height, width, THUMB), row * THUMB * THUMB);
  const histogram = new Uint32Array(256);
  let sum = 0;
  for (const value of grey) {
    sum += value;
    const bin = Math.round(value);
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  facts.brightness[row] = sum / grey.length;
  facts.darkest[row] = percentile(histogram, grey.length * 0.01);
  facts.brightest[row] = percentile(histogram, grey.length * 0.99);
  facts.sharpness[row] = sharpness(grey, height, width, sum / grey.length);
}

/** FNV-1a over bytes, with a last mixing (murmur3's finalizer). */
function hashBytes(bytes: Uint8Array, seed: number): number {
  let hash = seed;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function percentile(histogram: Uint32Array, rank: number): number {
  let passed = 0;
  for (const [value, count] of histogram.entries()) {
    passed += count;
    if (passed > rank) return value;
  }
  return 255;
}

function sharpness(grey: Float32Array, height: number, width: number, mean: number): number {
  let variance = 0;
  for (const value of grey) variance += (value - mean) ** 2;
  if (variance / grey.length < 1 || height < 3 || width < 3) return Number.NaN;
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const edge =
        4 * (grey[at] ?? 0) -
        (grey[at - 1] ?? 0) -
        (grey[at + 1] ?? 0) -
        (grey[at - width] ?? 0) -
        (grey[at + width] ?? 0);
      sum += edge;
      squares += edge * edge;
    }
  }
  const count = (height - 2) * (width - 2);
  return (squares / count - (sum / count) ** 2) / (variance / grey.length);
}
