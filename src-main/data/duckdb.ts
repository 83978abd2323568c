/**
 * DuckDB, the engine that types, profiles and pages rows: one in-memory instance per process, loaded at the first need,
 * held to two threads and 1 GB, and kept from fetching extensions. The only file that imports it.
 */
import type { DuckDBConnection } from '@duckdb/node-api';

let connecting: Promise<DuckDBConnection> | null = null;

async function open(): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '1GB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  return instance.connect();
}

function connection(): Promise<DuckDBConnection> {
  connecting ??= open();
  return connecting;
}

export type Cell = string | number | null;

/** Runs statements that answer nothing. An abort interrupts the statement and throws the signal's reason. */
export async function execute(sql: string, signal?: AbortSignal): Promise<void> {
  const connected = await connection();
  signal?.throwIfAborted();
  const interrupt = () => connected.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    await connected.run(sql);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

/** A query's answer by rows; 64-bit integers become numbers. */
export async function queryRows(sql: string): Promise<Cell[][]> {
  const reader = await (await connection()).runAndReadAll(sql);
  return reader.getRowsJS().map((row) => row.map(toCell));
}

/** A query's answer by columns, for reading whole columns; 64-bit integers become numbers. */
export async function queryColumns(sql: string): Promise<Cell[][]> {
  const reader = await (await connection()).runAndReadAll(sql);
  return reader.getColumnsJS().map((column) => column.map(toCell));
}

function toCell(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return String(value);
  throw new Error(`DuckDB answered a ${typeof value}, which no query here asks for`);
}
