/**
 * Looks for rows that are alike among the inputs of a setup: exactly, and nearly. Found once per version and columns, and kept
 * beside the version's rows, so that any split of it can be examined at once.
 */
import { createHash, randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError, type DatasetVersion, type Progress } from '../../contract';
import { effectiveType, findColumn, streamColumnsOf, type SetupChoices } from '../columns';
import { queryNumbers } from '../duckdb';
import { rowsFile, versionFolder, type LibraryPaths } from '../paths';
import { readPictures } from '../pictures';
import { identifier, literal } from '../sql';
import { PictureHashes } from './near-pictures';
import { TextHashes } from './near-texts';
import { RowSets } from './row-sets';

/** Sets of like rows: the first row of each row's set, by likeness. Near ones are exact ones and more. */
export interface Duplicates {
  readonly exact: Int32Array;
  readonly near: Int32Array;
}

export interface FindContext {
  readonly signal: AbortSignal;
  progress(progress: Pick<Progress, 'stage' | 'done' | 'total' | 'unit'>): void;
}

/** Part of the files' names: another number where rows would be compared in another way. */
const FORMAT = 1;
/** More texts are compared by their words alone: shingles of all would take too much memory. */
export const mostTexts = 200_000;
/** Mean length of the values that a person is shown from which a text is something written, and not a name. */
const PROSE = 40;
const PICTURES_AT_ONCE = 2000;

/**
 * Columns in which rows are compared: the pictures, else what a network would learn from. Texts count where they are written
 * prose, or where there is nothing else; numbers of rows and the split's own column do not.
 */
export function comparedColumns(version: DatasetVersion, setup: SetupChoices): string[] {
  const { split, target, weightColumn } = setup;
  const own = 'column' in split ? split.column : null;
  const typed = version.columns
    .map((column) => ({ ...column, type: effectiveType(column, setup) }))
    .filter(({ name, type }) => ![target, weightColumn, own].includes(name) && type !== 'ignored');
  const pictures = typed.find(({ type }) => type === 'image');
  if (pictures) return [pictures.name];
  const inputs = typed.filter((column) => {
    if (column.type === 'text') return column.examples.join('').length >= PROSE * column.examples.length;
    return (column.type === 'number' || column.type === 'category') && !numbersRows(column, version.rowCount);
  });
  return (inputs.length > 0 ? inputs : typed.filter(({ type }) => type === 'text')).map(({ name }) => name);
}

/** Rows of a table, texts or pictures that are compared within two seconds. */
const QUICK = { table: 20_000, texts: 4000, pictures: 4000 } as const;

/** Whether the search takes so little that no job is needed. */
export function isQuickSearch(version: DatasetVersion, columns: readonly string[]): boolean {
  const compared = version.columns.filter(({ name }) => columns.includes(name));
  const kind = compared.some(({ image }) => image)
    ? 'pictures'
    : compared.some(({ type }) => type === 'text')
      ? 'texts'
      : 'table';
  return version.rowCount <= QUICK[kind];
}

function numbersRows({ name, distinct }: { name: string; distinct: number }, rows: number): boolean {
  return distinct >= 0.95 * rows && /(^|[\s_.-])(id|uuid|guid|index|key|row|nr|no)$|^unnamed/i.test(name);
}

/** Null where they have not been looked for. */
export async function readDuplicates(
  library: LibraryPaths,
  version: DatasetVersion,
  columns: readonly string[],
): Promise<Duplicates | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(fileOf(library, version, columns));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  // A file of another length was cut off by a full disk or a foreign hand: it is made again.
  if (bytes.length !== version.rowCount * 8) return null;
  const all = new Int32Array(version.rowCount * 2);
  bytes.copy(new Uint8Array(all.buffer));
  return { exact: all.subarray(0, version.rowCount), near: all.subarray(version.rowCount) };
}

/** For searches that nobody watches. */
export const unwatched: FindContext = { signal: new AbortController().signal, progress: () => undefined };

/**
 * Those that were found before, else looks for them and keeps them.
 * @throws CodedError `column-missing`, `pictures-cut`, `table-unreadable`, `data-out-of-memory`; the signal's reason
 */
export async function findDuplicates(
  library: LibraryPaths,
  version: DatasetVersion,
  columns: readonly string[],
  context: FindContext,
): Promise<Duplicates> {
  const known = await readDuplicates(library, version, columns);
  if (known) return known;
  const [only] = columns;
  const found =
    only !== undefined && findColumn(version, only).column.image
      ? await comparePictures(library, version, only, context)
      : await compareRows(library, version, columns, context);
  await keep(fileOf(library, version, columns), found);
  return found;
}

function fileOf(library: LibraryPaths, version: DatasetVersion, columns: readonly string[]): string {
  const name = createHash('sha256')
    .update(JSON.stringify([FORMAT, columns]))
    .digest('hex')
    .slice(0, 16);
  return join(versionFolder(library, version.id), `duplicates-${name}.bin`);
}

/** Whole or not at all: under another name first. */
async function keep(path: string, { exact, near }: Duplicates): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  const file = await open(unfinished, 'w');
  try {
    for (const rows of [exact, near]) await file.write(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}

async function comparePictures(
  library: LibraryPaths,
  version: DatasetVersion,
  column: string,
  { signal, progress }: FindContext,
): Promise<Duplicates> {
  const { rowCount } = version;
  const hashes = new PictureHashes(rowCount);
  const exact = new RowSets(rowCount);
  const seen = new Map<string, number>();
  for (let from = 0; from < rowCount; from += PICTURES_AT_ONCE) {
    signal.throwIfAborted();
    progress({ stage: 'pictures', done: from, total: rowCount, unit: 'rows' });
    const rows = Array.from({ length: Math.min(PICTURES_AT_ONCE, rowCount - from) }, (_, at) => from + at);
    const { pixels, ...shape } = await readPictures(library, version, column, rows);
    const size = shape.height * shape.width * shape.channels;
    for (const [at, row] of rows.entries()) {
      const own = pixels.subarray(at * size, (at + 1) * size);
      hashes.set(row, own, shape);
      const sum = createHash('sha1').update(own).digest('base64');
      const first = seen.get(sum);
      if (first === undefined) seen.set(sum, row);
      else exact.join(first, row);
    }
  }
  progress({ stage: 'compare', done: 0, total: null, unit: 'rows' });
  const firsts = exact.firsts();
  const near = new RowSets(rowCount, firsts);
  hashes.eachPair(
    (row) => firsts[row] !== row,
    (one, other) => near.first(one) === near.first(other),
    (one, other) => near.join(one, other),
  );
  signal.throwIfAborted();
  return { exact: firsts, near: near.firsts() };
}

async function compareRows(
  library: LibraryPaths,
  version: DatasetVersion,
  columns: readonly string[],
  context: FindContext,
): Promise<Duplicates> {
  const { signal, progress } = context;
  const places = columns.map((name) => findColumn(version, name));
  if (places.length === 0) throw new CodedError('inputs-missing', { column: '' });
  const names = places.map(({ index }) => identifier(`c${index}`));
  progress({ stage: 'rows', done: 0, total: version.rowCount, unit: 'rows' });
  const exact = new RowSets(version.rowCount);
  exact.joinEqual(await rowKeys(library, version, names));
  signal.throwIfAborted();
  const firsts = exact.firsts();
  const near = new RowSets(version.rowCount, firsts);
  const normal = places.map(({ column }, at) => normalised(names[at] ?? '', column.type === 'number'));
  near.joinEqual(await rowKeys(library, version, normal));
  signal.throwIfAborted();
  const texts = places.filter(({ column }) => column.type === 'text').map(({ index }) => index);
  if (texts.length > 0 && version.rowCount <= mostTexts) {
    await compareTexts(library, version, texts, near, context);
  }
  return { exact: firsts, near: near.firsts() };
}

/** 53 bits of a hash over each row's values: among a million rows, two that differ meet once in 18,000 times. */
function rowKeys(library: LibraryPaths, version: DatasetVersion, values: readonly string[]): Promise<Float64Array> {
  return queryNumbers(
    `SELECT (hash(${values.join(', ')}) >> 11)::DOUBLE FROM ${literal(rowsFile(library, version.id))}`,
  );
}

/** SQL for a value without what people write in several ways: case, spaces, punctuation; digits after the fourth. */
function normalised(name: string, isNumber: boolean): string {
  if (isNumber) return `printf('%.3e', ${name})`;
  return `trim(regexp_replace(lower(${name}), '[^\\p{L}\\p{N}]+', ' ', 'g'))`;
}

async function compareTexts(
  library: LibraryPaths,
  version: DatasetVersion,
  columns: readonly number[],
  near: RowSets,
  { signal, progress }: FindContext,
): Promise<void> {
  const hashes = new TextHashes();
  let row = 0;
  const read = columns.map((index) => ({ index, asNumbers: false }));
  for await (const [, ...cells] of streamColumnsOf(library, version.id, read)) {
    signal.throwIfAborted();
    const count = cells[0]?.length ?? 0;
    for (let at = 0; at < count; at += 1) {
      hashes.add(row + at, cells.map((column) => column[at] ?? '').join(' '));
    }
    row += count;
    progress({ stage: 'texts', done: row, total: version.rowCount, unit: 'rows' });
  }
  progress({ stage: 'compare', done: 0, total: null, unit: 'rows' });
  const isJoined = (one: number, other: number) => near.first(one) === near.first(other);
  hashes.eachPair(isJoined, (one, other) => near.join(one, other));
}
