/** Picture files as they were imported, by row: for those who need every pixel, and for a folder that imports again as it was. */
import { CodedError, type DatasetVersion } from '../contract';
import { findColumn } from './columns';
import { PackReader } from './pack';
import { blobFile, type LibraryPaths } from './paths';
import { pictureIndices } from './pictures';

export interface Originals {
  /** @returns the file; null for a row without a picture, or one of more than `most` bytes. */
  read(row: number, most?: number): Promise<Buffer | null>;
  close(): Promise<void>;
}

/**
 * @returns null where a column's pictures were never files, such as digits of a sample.
 * @throws CodedError `column-missing`, `column-without-pictures`, `pack-damaged`
 */
export async function openOriginals(
  library: LibraryPaths,
  version: DatasetVersion,
  name: string,
): Promise<Originals | null> {
  const { column, index } = findColumn(version, name);
  if (!column.image) throw new CodedError('column-without-pictures', { column: name });
  if (!column.image.originals) return null;
  const places = await pictureIndices(library, version, index);
  const pack = await PackReader.open(blobFile(library, column.image.originals));
  return {
    read: async (row, most = Infinity) => {
      const place = places[row] ?? -1;
      return place < 0 || pack.bytesOf(place) > most ? null : pack.read(place);
    },
    close: () => pack.close(),
  };
}

/** Larger files would hold the window up while they arrive; pictures are then shown as they are kept for networks. */
const MOST_SHOWN = 24 << 20;

/** One picture file, for the window. @returns null where there is none, or it is too large. @throws as `openOriginals` */
export async function readOriginal(
  library: LibraryPaths,
  version: DatasetVersion,
  name: string,
  row: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const originals = await openOriginals(library, version, name);
  if (!originals) return null;
  try {
    const bytes = await originals.read(row, MOST_SHOWN);
    return bytes && new Uint8Array(bytes);
  } finally {
    await originals.close();
  }
}
