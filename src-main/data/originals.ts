/** A picture's file as it came, by row, read from its pack a piece at a time. */
import { CodedError, type DatasetVersion } from '../contract';
import { findColumn } from './columns';
import { PackReader } from './pack';
import { blobFile, type LibraryPaths } from './paths';
import { pictureKind } from './picture-header';
import { pictureIndices } from './pictures';

export interface Originals {
  /** The whole file; null for a row without a picture. */
  read(row: number): Promise<Buffer | null>;
  close(): Promise<void>;
}

/**
 * All files of a column, for those who need every one.
 * @returns null where a column's pictures were never files, such as digits of a sample.
 * @throws CodedError `column-missing`, `pack-damaged`
 */
export async function openOriginals(
  library: LibraryPaths,
  version: DatasetVersion,
  columnName: string,
): Promise<Originals | null> {
  const { column, index } = findColumn(version, columnName);
  const pack = column.image?.originals;
  if (pack === undefined) return null;
  const places = await pictureIndices(library, version, index);
  const reader = await PackReader.open(blobFile(library, pack));
  return {
    read: async (row) => {
      const place = places[row] ?? -1;
      return place < 0 ? null : reader.read(place);
    },
    close: () => reader.close(),
  };
}

/** Bytes in one answer: main passes it on, and a megabyte takes it 4 ms. */
export const PIECE_BYTES = 1 << 20;

export interface OriginalPiece {
  /** The media type by the file's own first bytes; its name may say another. */
  readonly type: string;
  readonly total: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * @param offset of the piece's first byte; at the file's end there are none.
 * @throws CodedError `column-missing`, `original-missing`, `original-damaged`, `row-missing`, `pack-damaged`
 */
export async function readOriginal(
  library: LibraryPaths,
  version: DatasetVersion,
  columnName: string,
  row: number,
  offset: number,
): Promise<OriginalPiece> {
  const { column, index } = findColumn(version, columnName);
  const dataset = version.datasetName;
  const pack = column.image?.originals;
  if (pack === undefined) throw new CodedError('original-missing', { dataset });
  const place = (await pictureIndices(library, version, index))[row] ?? -1;
  if (place < 0) throw new CodedError('row-missing', { row, dataset, last: version.rowCount - 1 });
  const reader = await PackReader.open(blobFile(library, pack));
  try {
    const total = reader.bytesOf(place);
    const type = pictureKind(await reader.read(place, 32));
    if (type === null) throw new CodedError('original-damaged', { dataset, row: row + 1 });
    return { type, total, bytes: new Uint8Array(await reader.read(place, PIECE_BYTES, offset)) };
  } finally {
    await reader.close();
  }
}
