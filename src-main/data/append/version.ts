/**
 * A version and further rows → the next version's files. Rows that were there keep their identity, and with it their part of
 * every split; the new ones get identities that no version of the dataset has used, from which their parts are drawn.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError, type Column, type DatasetVersion } from '../../contract';
import { execute, queryRows, spillTo } from '../duckdb';
import { flushed } from '../flushed';
import { linkOrCopy, ownBytes, parquetOptions } from '../edited-version';
import { firstRowsFile, originColumn } from '../identity';
import { leftOutFile } from '../left-out';
import { blobFile, rowsFile, versionFolder, type LibraryPaths } from '../paths';
import { profileColumns } from '../profile';
import type { ReadColumn, SourceContext } from '../source';
import { identifier, literal } from '../sql';
import { withDiskFull } from '../stage';
import { matchColumns } from './columns';
import { mergePictures, mergeSounds } from './media';

export interface AppendRequest {
  readonly library: LibraryPaths;
  readonly base: DatasetVersion;
  /** Ids of all versions of the dataset, the base's among them. */
  readonly versionIds: readonly string[];
  /** What is added, as an import has staged it. */
  readonly added: { readonly library: LibraryPaths; readonly version: DatasetVersion };
  readonly versionId: string;
  /** What names the base's content and the added rows. */
  readonly sha256: string;
  /** An empty folder of this work alone, on the library's disk. */
  readonly folder: string;
}

export interface AppendedVersion {
  /** Its number is the base's until it is kept. */
  readonly version: DatasetVersion;
  /** Where it lies now. */
  readonly library: LibraryPaths;
  /** sha256 names of its new blobs. */
  readonly blobs: readonly string[];
  /** Names of added columns that the base has not. */
  readonly unmatched: readonly string[];
  /** Bytes of the base's pictures and sounds that were written once more: a column has one blob. */
  readonly copied: number;
}

/**
 * @throws CodedError `append-columns-differ`, `append-kind-differs`, `append-value-differs`, `append-pictures-differ`,
 * `disk-full`; the signal's reason. The folder is the caller's to remove.
 */
export async function stageAppended(request: AppendRequest, context: SourceContext): Promise<AppendedVersion> {
  try {
    return await makeFiles(request, context);
  } catch (error) {
    throw withDiskFull(error);
  }
}

/** A column of the new version, and where the added rows have theirs. */
interface AppendedColumn {
  readonly column: ReadColumn;
  /** Index in the base. */
  readonly index: number;
  /** Index in what is added; null where the added rows have nothing. */
  readonly from: number | null;
  /** What the added rows' places in a blob become greater by; 0 for all else. */
  readonly offset: number;
  readonly copied: number;
}

async function makeFiles(request: AppendRequest, context: SourceContext): Promise<AppendedVersion> {
  const { base, added, versionId, folder } = request;
  const library = { paths: { blobs: join(folder, 'blobs'), versions: join(folder, 'versions') } };
  const work = join(folder, 'work');
  const first = firstRowsFile(library, versionId);
  for (const made of [work, library.paths.blobs, join(versionFolder(library, versionId), 'first')]) {
    await mkdir(made, { recursive: true });
  }
  await spillTo(join(work, 'spill'));
  const rowCount = base.rowCount + added.version.rowCount;
  context.progress({ stage: 'append', done: 0, total: rowCount, unit: 'rows' });
  const { places, unmatched } = matchColumns(base, added.version);
  const columns: AppendedColumn[] = [];
  for (const [index, column] of base.columns.entries()) {
    const from = places[index] ?? null;
    columns.push({ index, from, ...(await mergeColumn(request, library, column, from, context)) });
  }
  const rows = rowsFile(library, versionId);
  await copyRows(request, columns, rows, context);
  const isFirst = originColumn(request.library, base.id) === '_index';
  await linkOrCopy(isFirst ? rowsFile(request.library, base.id) : firstRowsFile(request.library, base.id), first);
  await keepLeftOut(request, library);
  const profiled = await profileColumns(
    rows,
    columns.map(({ column }) => column),
    context,
  );
  const blobs = await readdir(library.paths.blobs);
  const bytes = await flushed(blobs.map((blob) => blobFile(library, blob)));
  const version: DatasetVersion = {
    ...base,
    id: versionId,
    createdAt: Date.now(),
    rowCount,
    columns: profiled,
    bytes: bytes + (await ownBytes(rows, first)),
    source: { ...base.source, sha256: request.sha256 },
  };
  const copied = columns.reduce((sum, column) => sum + column.copied, 0);
  return { version, library, blobs, unmatched, copied };
}

async function mergeColumn(
  { library, base, added }: AppendRequest,
  staged: LibraryPaths,
  column: Column,
  from: number | null,
  context: SourceContext,
): Promise<Omit<AppendedColumn, 'index' | 'from'>> {
  const other = from === null ? undefined : added.version.columns[from];
  const merging = { dataset: base.datasetName, blobs: staged.paths.blobs, context };
  if (column.image && other?.image) {
    const sides = [column.image, other.image] as const;
    const merged = await mergePictures(
      { library, facts: sides[0] },
      { library: added.library, facts: sides[1] },
      merging,
    );
    return { column: { ...column, image: merged.facts }, offset: merged.offset, copied: merged.copied };
  }
  if (column.audio && other?.audio) {
    const sides = [column.audio, other.audio] as const;
    const merged = await mergeSounds(
      { library, facts: sides[0] },
      { library: added.library, facts: sides[1] },
      merging,
    );
    return { column: { ...column, audio: merged.facts }, offset: merged.offset, copied: merged.copied };
  }
  return { column, offset: 0, copied: 0 };
}

/** The base's rows, then the added ones, each with its identity. */
async function copyRows(
  request: AppendRequest,
  columns: readonly AppendedColumn[],
  file: string,
  { signal }: SourceContext,
): Promise<void> {
  const { library, base, added } = request;
  const [old, fresh] = [literal(rowsFile(library, base.id)), literal(rowsFile(added.library, added.version.id))];
  const types = await storedTypes(old);
  const first = await nextIdentity(request);
  const split = base.hasGivenSplit ? ['_split'] : [];
  const kept = columns.map(({ index }) => identifier(`c${index}`));
  const cells: string[] = [];
  for (const column of columns)
    cells.push(await addedCell(request, column, types.get(`c${column.index}`) ?? 'VARCHAR'));
  const addedSplit = split.map(() => (added.version.hasGivenSplit ? '_split' : 'NULL'));
  await execute(
    `COPY (
       SELECT _index, ${originColumn(library, base.id)}::INTEGER AS _origin, ${[...kept, ...split].join(', ')} FROM ${old}
       UNION ALL
       SELECT (_index + ${base.rowCount})::INTEGER, (_index + ${first})::INTEGER, ${[...cells, ...addedSplit].join(', ')}
       FROM ${fresh} ORDER BY _index
     ) TO ${literal(file)} ${parquetOptions(columns.length)}`,
    signal,
  );
}

async function storedTypes(table: string): Promise<Map<string, string>> {
  const described = await queryRows(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${table})`);
  return new Map(described.map(([name, type]) => [String(name), String(type)]));
}

/** SQL of an added row's cell as the base stores it. @throws CodedError `append-value-differs` */
async function addedCell(
  { added }: AppendRequest,
  { column, from, offset }: AppendedColumn,
  type: string,
): Promise<string> {
  const other = from === null ? undefined : added.version.columns[from];
  if (from === null || !other) return `NULL::${type}`;
  const own = identifier(`c${from}`);
  if (column.image || column.audio) return `(${own} + ${offset})::${type}`;
  if (column.type === 'number' && other.type !== 'number') {
    const table = literal(rowsFile(added.library, added.version.id));
    const [[count, value] = []] = await queryRows(
      `SELECT count(*), min(${own}) FROM ${table} WHERE ${own} IS NOT NULL AND TRY_CAST(${own} AS DOUBLE) IS NULL`,
    );
    if (Number(count) > 0) {
      throw new CodedError('append-value-differs', { column: column.name, count: Number(count), value: value ?? '' });
    }
  }
  // Numbers that are names of classes: 7, not 7.0.
  if (type === 'VARCHAR' && other.type === 'number') {
    return `CASE WHEN ${own} = trunc(${own}) AND abs(${own}) < 1e15 THEN ${own}::BIGINT::VARCHAR ELSE ${own}::VARCHAR END`;
  }
  return `${own}::${type}`;
}

/** The lowest identity that no row of any version has, so that two versions with rows added to one stay comparable. */
async function nextIdentity({ library, versionIds }: AppendRequest): Promise<number> {
  let next = 0;
  for (const id of versionIds) {
    const table = literal(rowsFile(library, id));
    const [[last] = []] = await queryRows(`SELECT max(${originColumn(library, id)}) FROM ${table}`);
    next = Math.max(next, Number(last ?? -1) + 1);
  }
  return next;
}

/** What was left out of the added files, else what was left out of the base's. */
async function keepLeftOut({ library, base, added, versionId }: AppendRequest, staged: LibraryPaths): Promise<void> {
  const reports = [leftOutFile(added.library, added.version.id), leftOutFile(library, base.id)];
  const report = reports.find((path) => existsSync(path));
  if (report) await linkOrCopy(report, leftOutFile(staged, versionId));
}
