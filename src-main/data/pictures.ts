/** Pictures of a version by row, read from the blob where they lie and not a byte more. */
import { open } from 'node:fs/promises';
import { CodedError, type DatasetVersion } from '../contract';
import { findColumn, readColumns } from './columns';
import { blobFile, type LibraryPaths } from './paths';
import { shrinkPictures } from './shrink-pictures';

export interface Pictures {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** `height·width·channels` uint8 per picture, in the order asked. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** Picture index per row, of the columns read last. */
const indices = new Map<string, Promise<Int32Array>>();
const KEPT = 4;

/**
 * @param rows row indices, in any order.
 * @param side the longest side to be shown; absent for pictures as they are.
 * @throws CodedError `column-missing`, `column-without-pictures`, `row-missing`, `pictures-cut`
 */
export async function readPictures(
  library: LibraryPaths,
  version: DatasetVersion,
  columnName: string,
  rows: ArrayLike<number>,
  side?: number,
): Promise<Pictures> {
  const { column, index } = findColumn(version, columnName);
  if (!column.image) {
    throw new CodedError('column-without-pictures', { column: columnName });
  }
  const { height, width, channels, blob } = column.image;
  const size = height * width * channels;
  const pictures = await pictureIndices(library, version, index);
  const pixels = new Uint8Array(size * rows.length);
  const file = await open(blobFile(library, blob));
  try {
    for (const stretch of stretches(rows, pictures, version.datasetName)) {
      const target = pixels.subarray(stretch.at * size, (stretch.at + stretch.count) * size);
      const { bytesRead } = await file.read(target, 0, target.length, stretch.picture * size);
      if (bytesRead < target.length) throw new CodedError('pictures-cut', { dataset: version.datasetName });
    }
  } finally {
    await file.close();
  }
  const asStored = { height, width, channels, pixels };
  return side === undefined ? asStored : shrinkPictures(asStored, side);
}

/** Runs of pictures that follow each other both in the request and in the blob, at most 16 Mi each. */
function* stretches(
  rows: ArrayLike<number>,
  pictures: Int32Array,
  dataset: string,
): Generator<{ at: number; picture: number; count: number }> {
  let at = 0;
  while (at < rows.length) {
    const picture = pictureOf(rows[at], pictures, dataset);
    let count = 1;
    while (
      at + count < rows.length &&
      count < 16384 &&
      pictureOf(rows[at + count], pictures, dataset) === picture + count
    )
      count += 1;
    yield { at, picture, count };
    at += count;
  }
}

function pictureOf(row: number | undefined, pictures: Int32Array, dataset: string): number {
  const picture = row === undefined ? undefined : pictures[row];
  if (picture === undefined || picture < 0) {
    throw new CodedError('row-missing', { row: row ?? -1, dataset, last: pictures.length - 1 });
  }
  return picture;
}

/** Which picture of the column's blob each row has; -1 where it has none. */
export function pictureIndices(library: LibraryPaths, version: DatasetVersion, column: number): Promise<Int32Array> {
  const key = JSON.stringify([library.paths.versions, version.id, column]);
  const known = indices.get(key);
  if (known) return known;
  const read = readColumns(library, version.id, [column]).then(([cells = []]) =>
    Int32Array.from(cells, (cell) => (typeof cell === 'number' ? cell : -1)),
  );
  indices.set(key, read);
  read.catch(() => indices.delete(key));
  const [oldest] = indices.keys();
  if (indices.size > KEPT && oldest) indices.delete(oldest);
  return read;
}
