/** What the checks of pictures want to know of each, measured in one pass over the pixels. */
import type { DatasetVersion } from '../../contract';
import { findColumn } from '../columns';
import type { LibraryPaths } from '../paths';
import { pictureIndices, readPictures } from '../pictures';
import type { CheckWatch } from './quality-data';

/** Pixels are read about so many bytes at a time. */
const PIECE_BYTES = 16 << 20;

/** Typed arrays by row; a row without a picture has `present` 0 and zeros elsewhere. */
export interface PictureFacts {
  readonly present: Uint8Array;
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
      measure(facts, row, { grey, height, width });
    }
  }
  return facts;
}

function emptyFacts(rows: number): PictureFacts {
  return {
    present: new Uint8Array(rows),
    brightness: new Float32Array(rows),
    darkest: new Uint8Array(rows),
    brightest: new Uint8Array(rows),
    sharpness: new Float32Array(rows),
  };
}

/** Rec. 601 luma of RGB; grey as it is. */
function toGrey(pixels: Uint8Array, channels: number, grey: Float32Array): void {
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * channels;
    grey[at] =
      channels >= 3
        ? 0.299 * (pixels[from] ?? 0) + 0.587 * (pixels[from + 1] ?? 0) + 0.114 * (pixels[from + 2] ?? 0)
        : (pixels[from] ?? 0);
  }
}

interface Measured {
  readonly grey: Float32Array;
  readonly height: number;
  readonly width: number;
}

function measure(facts: PictureFacts, row: number, { grey, height, width }: Measured): void {
  facts.present[row] = 1;
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
