/**
 * Where a version's files lie. Only the folders of a library that data needs, so that data stands below storage and the
 * same functions read a version that is still being imported.
 */
import { join } from 'node:path';

export interface LibraryPaths {
  readonly paths: {
    /** Packed pixels by the sha256 of their bytes. */
    readonly blobs: string;
    /** One folder per version. */
    readonly versions: string;
  };
}

export function versionFolder(library: LibraryPaths, versionId: string): string {
  return join(library.paths.versions, versionId);
}

/**
 * The Parquet file of a version's rows: `_index` int32 from 0 in file order, `c0`, `c1`, … in the order of the version's
 * columns (double for numbers, int32 picture indices for images, text for all else, NULL where missing), and `_split`
 * ('training' or 'test') where the data names its test rows; `_origin` where it was made by edits (identity.ts). Names are positions because a person's may differ by case
 * alone, which Parquet readers take for one.
 */
export function rowsFile(library: LibraryPaths, versionId: string): string {
  return join(versionFolder(library, versionId), 'rows.parquet');
}

export function blobFile(library: LibraryPaths, sha256: string): string {
  return join(library.paths.blobs, sha256);
}
