/**
 * Which row is which, from version to version. A version made by edits has `_origin`, each row's index in the dataset's
 * first version, and beside its rows the first version's, under its own columns: what is drawn by chance is drawn over those, so that
 * no row changes its part because others were left out, or because it got another label. Rows that were added later have numbers
 * beyond those of the first version, each its own in the whole dataset.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetVersion } from '../contract';
import { queryNumbers, queryRows } from './duckdb';
import { rowsFile, versionFolder, type LibraryPaths } from './paths';
import { literal } from './sql';

/** The folder of a version's view of the first, which lies there as a version lies in a library. */
const FIRST = 'first';

export interface FirstVersion {
  readonly library: LibraryPaths;
  readonly version: DatasetVersion;
}

export function firstRowsFile(library: LibraryPaths, versionId: string): string {
  return join(versionFolder(library, versionId), FIRST, 'rows.parquet');
}

/** SQL for a row's identity in a version's file. */
export function originColumn(library: LibraryPaths, versionId: string): '_origin' | '_index' {
  return existsSync(firstRowsFile(library, versionId)) ? '_origin' : '_index';
}

/** The first version's rows under a version's columns; null where the version is itself the first. */
export async function firstVersionOf(library: LibraryPaths, version: DatasetVersion): Promise<FirstVersion | null> {
  const file = firstRowsFile(library, version.id);
  if (!existsSync(file)) return null;
  const [[rowCount] = []] = await queryRows(`SELECT count(*) FROM ${literal(file)}`);
  return {
    library: { paths: { blobs: library.paths.blobs, versions: versionFolder(library, version.id) } },
    version: { ...version, id: FIRST, rowCount: Number(rowCount) },
  };
}

/** Each row's index in the dataset's first version. */
export async function readOrigins(library: LibraryPaths, versionId: string): Promise<Int32Array> {
  const file = literal(rowsFile(library, versionId));
  return Int32Array.from(await queryNumbers(`SELECT ${originColumn(library, versionId)} FROM ${file}`));
}
