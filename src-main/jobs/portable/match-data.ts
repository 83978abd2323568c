/**
 * Which version of the library is one of a file's. Content is known by its hashes: the rows' file of the same bytes, or rows
 * read from the same source in the same way (the source's sha256 names both, and edits that followed), under the same columns.
 */
import { existsSync } from 'node:fs';
import type { DatasetVersion } from '../../contract';
import { rowsFile } from '../../data/paths';
import { getVersion } from '../../storage/datasets';
import type { Library } from '../../storage/library';
import { blobsOfVersion } from '../../storage/versions';
import type { PartFiles } from './part-files';
import type { PortableVersion } from './parts';

/** @returns the version that has the same content; null where the library has none. */
export async function findSame(
  library: Library,
  asked: PortableVersion,
  files: PartFiles,
): Promise<DatasetVersion | null> {
  const { id, source, rowCount } = asked.version;
  const sql = `SELECT id FROM versions WHERE id = ? OR (source_sha256 = ? AND row_count = ?)
    ORDER BY id = ? DESC, created_at`;
  const found = library.db.prepare<[string, string, number, string], string>(sql).pluck();
  for (const candidate of found.all(id, source.sha256, rowCount, id)) {
    const version = getVersion(library.db, candidate);
    if (await isSame(library, version, asked, files)) return version;
  }
  return null;
}

async function isSame(library: Library, version: DatasetVersion, asked: PortableVersion, files: PartFiles) {
  if (version.rowCount !== asked.version.rowCount) return false;
  if (columnsOf(version) !== columnsOf(asked.version)) return false;
  const blobs = blobsOfVersion(library.db, version.id);
  if (blobs.length !== asked.blobs.length || asked.blobs.some(({ sha256 }) => !blobs.includes(sha256))) return false;
  const file = rowsFile(library, version.id);
  if (!existsSync(file)) return false;
  if (version.source.sha256 === asked.version.source.sha256) return true;
  const rows = asked.files.find(({ name }) => name === 'rows.parquet');
  return (await files.measure(file)).sha256 === rows?.sha256;
}

function columnsOf({ columns }: Pick<DatasetVersion, 'columns'>): string {
  return JSON.stringify(columns.map(({ name, type }) => [name, type]));
}
