/** A file's data, unpacked into folders of the job's own and tried, before anything of it is in the library. */
import { existsSync, mkdirSync } from 'node:fs';
import { readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CodedError } from '../../contract';
import { queryRows } from '../../data/duckdb';
import { firstRowsFile } from '../../data/identity';
import { leftOutFile } from '../../data/left-out';
import { PackReader } from '../../data/pack';
import { rowsFile, type LibraryPaths } from '../../data/paths';
import { literal } from '../../data/sql';
import type { Library } from '../../storage/library';
import type { StagedFiles } from '../keep-version';
import type { JobContext } from '../definition';
import { damaged, type PortableFile } from './open-file';
import type { PortableVersion } from './parts';

export interface StagedData extends StagedFiles {
  readonly asked: PortableVersion;
}

interface Staging {
  readonly file: PortableFile;
  /** The version's folder within the file. */
  readonly inFile: string;
  readonly asked: PortableVersion;
  /** Under which the library is to have it. */
  readonly versionId: string;
  /** An empty folder below the temporary one, this version's alone. */
  readonly folder: string;
  /** Blobs that a version before it brought. */
  readonly brought: Set<string>;
  readonly onBytes: (count: number) => void;
}

/** @throws CodedError `portable-damaged`, `disk-full` */
export async function stageData(staging: Staging, context: JobContext): Promise<StagedData> {
  const { file, inFile, asked, versionId, folder, brought, onBytes } = staging;
  const library: LibraryPaths = { paths: { blobs: join(folder, 'blobs'), versions: join(folder, 'versions') } };
  mkdirSync(library.paths.blobs, { recursive: true });
  mkdirSync(join(library.paths.versions, versionId), { recursive: true });
  for (const { name } of asked.files) {
    const to = placeOf(name, library, versionId);
    mkdirSync(join(to, '..'), { recursive: true });
    await file.extract(`${inFile}/${name}`, to, onBytes);
  }
  const blobs: string[] = [];
  for (const { sha256 } of asked.blobs) {
    if (brought.has(sha256) || existsSync(join(context.library.paths.blobs, sha256))) continue;
    await file.extract(`blobs/${sha256}`, join(library.paths.blobs, sha256), onBytes);
    blobs.push(sha256);
    brought.add(sha256);
  }
  await tryData({ ...staging, library }, context);
  return { asked, versionId, library, blobs, folder };
}

function placeOf(name: PortableVersion['files'][number]['name'], library: LibraryPaths, versionId: string): string {
  if (name === 'rows.parquet') return rowsFile(library, versionId);
  return name === 'first.parquet' ? firstRowsFile(library, versionId) : leftOutFile(library, versionId);
}

/** Rows and blobs must be what the columns say, as whoever reads them later takes that for granted. */
async function tryData(
  { file, inFile, asked, versionId, library }: Staging & { library: LibraryPaths },
  context: JobContext,
): Promise<void> {
  const { columns, rowCount } = asked.version;
  const part = `${inFile}/rows.parquet`;
  if (!asked.files.some(({ name }) => name === 'rows.parquet')) throw damaged(file.name, part, 'it is not there');
  try {
    await tryRows(rowsFile(library, versionId), asked);
    if (asked.files.some(({ name }) => name === 'left-out.json')) {
      leftOutSchema.parse(JSON.parse(await readFile(leftOutFile(library, versionId), 'utf8')));
    }
    const blobOf = (sha256: string) => {
      const own = join(library.paths.blobs, sha256);
      return existsSync(own) ? own : join(context.library.paths.blobs, sha256);
    };
    for (const { image, audio } of columns) {
      const packs = [image?.originals, audio?.blob].flatMap((sha256) => sha256 ?? []);
      for (const sha256 of packs) await (await PackReader.open(blobOf(sha256))).close();
      if (image) await tryPixels(blobOf(image.blob), image);
    }
  } catch (error) {
    if (context.signal.aborted) throw error;
    const detail = error instanceof Error ? error.message.split('\n')[0] : '';
    throw damaged(file.name, part, detail ?? '', error);
  }
  if (rowCount === 0) throw damaged(file.name, part, 'it has no rows');
}

const leftOutSchema = z.object({ total: z.number(), counts: z.array(z.unknown()), kept: z.array(z.unknown()) });

/** `_index` from 0 to the end, and one column for each that is told of. */
async function tryRows(path: string, { version: { columns, rowCount } }: PortableVersion): Promise<void> {
  const source = `read_parquet(${literal(path)})`;
  const described = await queryRows(`SELECT column_name FROM (DESCRIBE SELECT * FROM ${source})`);
  const names = new Set(described.map(([name]) => String(name)));
  const lacking = ['_index', ...columns.map((_, place) => `c${place}`)].filter((name) => !names.has(name));
  if (lacking.length > 0) throw new Error(`it has no column ${lacking[0]}`);
  const [[count, first, last] = []] = await queryRows(
    `SELECT count(*)::INTEGER, min(_index)::INTEGER, max(_index)::INTEGER FROM ${source}`,
  );
  if (count !== rowCount || first !== 0 || last !== rowCount - 1) throw new Error(`it has ${count} rows`);
}

async function tryPixels(path: string, image: { height: number; width: number; channels: number }): Promise<void> {
  const { size } = await stat(path);
  const one = image.height * image.width * image.channels;
  if (!(one > 0) || size % one !== 0) throw new Error('its pictures have another size');
}

/** @throws CodedError `disk-full` before anything is unpacked, where the file says of itself that it needs more than there is */
export async function requireRoom({ paths }: Library, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(paths.temporary);
  if (bytes > bavail * bsize) throw new CodedError('disk-full', { path: paths.temporary });
}
