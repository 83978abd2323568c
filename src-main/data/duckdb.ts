/**
 * DuckDB, the engine that types, profiles and pages rows: one in-memory instance per process, loaded at the first need,
 * held to two threads and 640 MB, and kept from fetching extensions. The only file that imports it.
 */
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import { CodedError } from '../contract';
import { identifier, literal } from './sql';

let opening: Promise<DuckDBInstance> | null = null;
/** Connections that nobody uses now. */
const idle: DuckDBConnection[] = [];
let spillFolder = '';

async function open(): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '640MB',
    // Nothing is written unless somebody names a folder.
    temp_directory: spillFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
}

/** A statement has its connection to itself: one that begins on the same ends what the other still had to answer. */
async function connection(): Promise<DuckDBConnection> {
  opening ??= open();
  return idle.pop() ?? (await opening).connect();
}

async function onConnection<Answer>(work: (connected: DuckDBConnection) => Promise<Answer>): Promise<Answer> {
  const connected = await connection();
  try {
    return await work(connected);
  } catch (error) {
    throw error instanceof CodedError ? error : codedError(error);
  } finally {
    idle.push(connected);
  }
}

export type Cell = string | number | null;

/** Runs statements that answer nothing. An abort interrupts the statement and throws the signal's reason. */
export async function execute(sql: string, signal?: AbortSignal): Promise<void> {
  try {
    await onConnection(async (connected) => {
      signal?.throwIfAborted();
      const interrupt = () => connected.interrupt();
      signal?.addEventListener('abort', interrupt, { once: true });
      try {
        await connected.run(sql);
      } finally {
        signal?.removeEventListener('abort', interrupt);
      }
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/**
 * Where DuckDB may put what does not fit into memory, until `null` is said. The folder is made when it is needed, and goes with
 * the process; no other process may use it. DuckDB is not loaded for this alone.
 */
export async function spillTo(folder: string | null): Promise<void> {
  spillFolder = folder ?? '';
  if (opening) await execute(`SET temp_directory = ${literal(spillFolder)}`);
}

/** Values of one length in all columns of a table. */
export interface ColumnOfTable {
  readonly name: string;
  readonly type: 'INTEGER' | 'DOUBLE' | 'VARCHAR';
  readonly values: Int32Array | readonly Cell[];
}

/**
 * Makes a table of whole columns in memory, a piece at a time, which is to be dropped.
 * @param name as `identifier` gives it; no other table of the process has it.
 */
export async function fillTable(name: string, columns: readonly ColumnOfTable[]): Promise<void> {
  const { DuckDBDataChunk, DOUBLE, INTEGER, VARCHAR } = await import('@duckdb/node-api');
  const types = { INTEGER, DOUBLE, VARCHAR };
  const columnsSql = columns.map((column) => `${identifier(column.name)} ${column.type}`).join(', ');
  await execute(`CREATE TABLE ${name} (${columnsSql})`);
  await onConnection(async (connected) => {
    const appender = await connected.createAppender(name.slice(1, -1));
    try {
      const length = columns[0]?.values.length ?? 0;
      for (let from = 0; from < length; from += PIECE) {
        const chunk = DuckDBDataChunk.create(
          columns.map(({ type }) => types[type]),
          Math.min(PIECE, length - from),
        );
        for (const [place, { values }] of columns.entries()) {
          chunk.setColumnValues(place, [...values.slice(from, from + PIECE)]);
        }
        appender.appendDataChunk(chunk);
      }
      appender.flushSync();
    } finally {
      appender.closeSync();
    }
  });
}

/** Rows that DuckDB takes at a time. */
const PIECE = 2048;

function read(sql: string) {
  return onConnection((connected) => connected.runAndReadAll(sql));
}

/** DuckDB's errors have no codes, but each message begins with its kind. What it says goes into the log as the cause. */
function codedError(error: unknown): CodedError {
  const message = error instanceof Error ? error.message : String(error);
  if (/no space left|disk full|ENOSPC/i.test(message)) {
    const [, path = ''] = /"([^"]+)"/.exec(message) ?? [];
    return new CodedError('disk-full', { path }, error);
  }
  return new CodedError(/^Out of Memory Error/.test(message) ? 'data-out-of-memory' : 'table-unreadable', {}, error);
}

/** A query's answer by rows; 64-bit integers become numbers. */
export async function queryRows(sql: string): Promise<Cell[][]> {
  const reader = await read(sql);
  return reader.getRowsJS().map((row) => row.map(toCell));
}

/** A query's answer by columns, for reading whole columns; 64-bit integers become numbers. */
export async function queryColumns(sql: string): Promise<Cell[][]> {
  const reader = await read(sql);
  return reader.getColumnsJS().map((column) => column.map(toCell));
}

/** A query's only column of numbers, NaN for NULL; for whole columns, of which cells would take much memory. */
export function queryNumbers(sql: string): Promise<Float64Array> {
  return onConnection(async (connected) => {
    const result = await connected.run(`SELECT ${withoutNull('value')} FROM (${sql}) AS answer(value)`);
    const parts: Float64Array[] = [];
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      parts.push(numbersOf(chunk, 0));
    }
    return joined(parts);
  });
}

/** A column of a piece of an answer; numbers as such where the query makes sure that none is missing. */
export type ColumnPiece = readonly Cell[] | Float64Array;

/**
 * A query's answer by columns, a few thousand rows at a time, so that it need not fit into memory.
 * @param numbers places of columns of type double without NULL, which are read ten times as fast as others.
 */
export async function* streamColumns(sql: string, numbers: ReadonlySet<number>): AsyncGenerator<ColumnPiece[]> {
  const connected = await connection();
  try {
    const result = await connected.stream(sql);
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      const read = chunk;
      yield Array.from({ length: read.columnCount }, (_, place) =>
        numbers.has(place) ? numbersOf(read, place) : read.getColumnValues(place).map(toCell),
      );
    }
  } catch (error) {
    throw error instanceof CodedError ? error : codedError(error);
  } finally {
    idle.push(connected);
  }
}

/** SQL for a number's column as double, NaN where it is NULL: whether a value is NULL is slow to ask of the answer. */
export function withoutNull(expression: string): string {
  return `coalesce(${expression}::DOUBLE, 'nan'::DOUBLE)`;
}

function numbersOf(chunk: DuckDBDataChunk, place: number): Float64Array {
  const vector = chunk.getColumnVector(place);
  const values = new Float64Array(chunk.rowCount);
  for (let row = 0; row < values.length; row++) values[row] = Number(vector.getItem(row));
  return values;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function toCell(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return String(value);
  throw new Error(`DuckDB answered a ${typeof value}, which no query here asks for`);
}
