/**
 * Tables in other forms → CSV in UTF-8, which then goes the one way of all tables (`csv/read.ts`): the same missing words, numbers,
 * types, limits and notes, whatever a table came in.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import { CodedError, type DatasetVersion } from '../contract';
import { MOST_COLUMNS } from './csv/check';
import { readCsv, type CsvKnown } from './csv/read';
import { execute, queryRows } from './duckdb';
import type { ReadResult, SourceContext, SourceFile, SourceTarget } from './source';
import { identifier, literal } from './sql';

/** DuckDB's types of numbers, which are written without quotes: less to write and to read. */
const NUMBERS = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\))$/;
/** Rows between two chances for others (a cancel) to be heard. */
const TURN = 2000;

export type CellValue = string | number | bigint | boolean | Date | null | undefined;

/**
 * Reads a table by way of CSV.
 * @param write puts it into the file that it is told. @returns notes, which come before those of the CSV.
 * @param known what the first row of what it writes is, names where nothing is said; columns that hold words whatever they look like
 * @throws CodedError as `write` and `readCsv`
 */
export async function readAsCsv(
  file: SourceFile,
  target: SourceTarget,
  context: SourceContext,
  write: (output: string) => Promise<DatasetVersion['notes']>,
  { header = 'given', types }: CsvKnown = {},
): Promise<ReadResult> {
  const path = join(target.work, 'converted.csv');
  const notes = await write(path);
  // What a person says is said of their file, not of this one.
  const read = await readCsv(
    { path, name: file.name },
    target,
    { ...context, reading: undefined },
    { header, ...(types && { types }) },
  );
  return { ...read, notes: [...notes, ...read.notes] };
}

/**
 * What a table function of DuckDB reads → CSV. Bytes are left out, lists and records become JSON, and what is infinite is missing.
 * @param from a call of it, `read_parquet('…')`.
 * @returns notes on what was left out.
 * @throws CodedError `table-damaged` with DuckDB's words, `csv-too-many-columns`, `data-out-of-memory`
 */
export async function copyAsCsv(
  file: SourceFile,
  from: string,
  output: string,
  context: SourceContext,
): Promise<DatasetVersion['notes']> {
  try {
    const described = await queryRows(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${from})`);
    const columns = described.map(([name, type]) => ({ name: String(name), type: String(type) }));
    const kept = columns.filter(({ type }) => type !== 'BLOB');
    refuseWidth(file, kept.length);
    const cells = kept.map(({ name, type }) => `${asText(identifier(name), type)} AS ${identifier(name)}`);
    const texts = kept.filter(({ type }) => !NUMBERS.test(type)).map(({ name }) => identifier(name));
    const quoting = texts.length > 0 ? `, FORCE_QUOTE (${texts.join(', ')})` : '';
    await execute(
      `COPY (SELECT ${cells.join(', ')} FROM ${from}) TO ${literal(output)} (FORMAT csv, HEADER${quoting})`,
      context.signal,
    );
    return columns
      .filter((column) => !kept.includes(column))
      .map(({ name }) => ({ code: 'column-of-bytes', parameters: { column: name } }));
  } catch (error) {
    throw error instanceof CodedError && error.code === 'table-unreadable' ? damaged(file, error.cause) : error;
  }
}

function asText(name: string, type: string): string {
  if (/^(STRUCT|MAP|UNION)|\[\d*\]$/.test(type)) return `to_json(${name})::VARCHAR`;
  if (type === 'JSON') return `${name} ->> '$'`;
  if (type === 'FLOAT' || type === 'DOUBLE') return `CASE WHEN isfinite(${name}) THEN ${name} END`;
  if (type.startsWith('TIMESTAMP')) return timeText(name, type);
  return `${name}::VARCHAR`;
}

/** To the microsecond, and in UTC where the zone is known: written with its offset, or with nanoseconds, it would be no date. */
function timeText(name: string, type: string): string {
  const time = type === 'TIMESTAMP WITH TIME ZONE' ? `make_timestamp(epoch_us(${name}))` : `${name}::TIMESTAMP`;
  return `CASE WHEN isfinite(${name}) THEN ${time}::VARCHAR END`;
}

/** @throws CodedError `csv-empty` where no column is left, `csv-too-many-columns` */
export function refuseWidth(file: SourceFile, columns: number): void {
  if (columns === 0) throw new CodedError('csv-empty', { file: file.name });
  if (columns > MOST_COLUMNS) {
    throw new CodedError('csv-too-many-columns', { file: file.name, found: columns, most: MOST_COLUMNS });
  }
}

/** A file that its reader refused, with the reader's own words, which name the place. */
export function damaged(file: SourceFile, cause: unknown): CodedError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const reason = (said.split('\n')[0] ?? '').replaceAll(file.path, file.name).slice(0, 300);
  return new CodedError('table-damaged', { file: file.name, reason }, cause);
}

/**
 * Rows of values → CSV, a few thousand at a time.
 * @throws the signal's reason; what reading a row throws
 */
export async function writeAsCsv(
  header: readonly CellValue[],
  rows: Iterable<readonly CellValue[]> | AsyncIterable<readonly CellValue[]>,
  output: string,
  { signal }: SourceContext,
): Promise<void> {
  const stream = createWriteStream(output, { flags: 'wx' });
  try {
    let lines = [header.map(quoted).join(',')];
    for await (const row of rows) {
      lines.push(header.map((_, index) => quoted(row[index])).join(','));
      if (lines.length < TURN) continue;
      await write(stream, lines);
      lines = [];
      signal.throwIfAborted();
    }
    await write(stream, lines);
    stream.end();
    await finished(stream);
  } finally {
    stream.destroy();
    // Until it is closed it may still make the file, in a folder that is about to go.
    if (!stream.closed) await once(stream, 'close');
  }
}

async function write(stream: WriteStream, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  // The turn of the event loop lets a cancel in, even where the disk never makes one wait.
  if (stream.write(`${lines.join('\n')}\n`)) await new Promise((turn) => setImmediate(turn));
  else await once(stream, 'drain');
}

function quoted(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = value instanceof Date ? dateText(value) : String(value);
  return `"${text.replaceAll('"', '""')}"`;
}

/** The day, and the time where there is one. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const [day = '', time = ''] = date.toISOString().slice(0, 19).split('T');
  return time === '00:00:00' ? day : `${day} ${time}`;
}
