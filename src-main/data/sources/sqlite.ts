/**
 * SQLite: the table with the most rows of a database. Read from a copy, so that nothing is written beside the person's file; views,
 * triggers and virtual tables, which run what a stranger wrote, are not touched.
 */
import Database from 'better-sqlite3';
import { copyFile, rename } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError, type DatasetVersion } from '../../contract';
import { damaged, readAsCsv, refuseWidth, writeAsCsv, type CellValue } from '../as-csv';
import { beginsAs } from '../file-heads';
import type { SourceContext, SourceDefinition, SourceFile } from '../source';
import { identifier, literal } from '../sql';
import { tableNote, takeTable } from '../table-choice';

export const definition: SourceDefinition = {
  id: 'sqlite',
  label: { en: 'Table (SQLite)', zh: '表格（SQLite）' },
  extensions: ['.sqlite', '.sqlite3', '.db'],
  recognise: (_path, head) => beginsAs('sqlite', head),
  choices: ['table'],
  companions: async (path) => [path],
  async tables([file], work) {
    if (!file) return [];
    return openCopy(file, await copyTo(file, work), (db) => {
      const tables = listTables(db);
      if (tables.length < 2) return [];
      return tables.map(({ name, rows }) => ({ name, rows, columns: columnsOf(db, name).length }));
    });
  },
  async read([file], target, context) {
    if (!file) throw new CodedError('file-missing', { file: '' });
    const copy = await copyTo(file, target.work);
    return readAsCsv(file, target, context, (output) =>
      openCopy(file, copy, (db) => writeTable(file, db, output, context)),
    );
  },
};

/** @returns path of the copy, which may have been made when the tables were asked for */
async function copyTo(file: SourceFile, work: string): Promise<string> {
  const copy = join(work, 'copy.sqlite');
  if (existsSync(copy)) return copy;
  const partial = `${copy}-partial`;
  await copyFile(file.path, partial);
  // What was written last may still lie beside it.
  if (existsSync(`${file.path}-wal`)) await copyFile(`${file.path}-wal`, `${copy}-wal`);
  await rename(partial, copy);
  return copy;
}

async function openCopy<Result>(
  file: SourceFile,
  copy: string,
  use: (db: Database.Database) => Result | Promise<Result>,
): Promise<Result> {
  try {
    const db = new Database(copy);
    try {
      db.pragma('trusted_schema = OFF');
      return await use(db);
    } finally {
      db.close();
    }
  } catch (error) {
    throw error instanceof Database.SqliteError ? damaged(file, error) : error;
  }
}

/** The one with the most rows first. */
function listTables(db: Database.Database): { name: string; rows: number }[] {
  const names = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
       AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`,
    )
    .pluck()
    .all();
  return names
    .map((name) => ({
      name,
      rows: Number(
        db
          .prepare(`SELECT count(*) FROM ${identifier(name)}`)
          .pluck()
          .get(),
      ),
    }))
    .sort((one, other) => other.rows - one.rows);
}

function columnsOf(db: Database.Database, table: string): string[] {
  return db
    .prepare<[], string>(`SELECT name FROM pragma_table_info(${literal(table)})`)
    .pluck()
    .all();
}

async function writeTable(
  file: SourceFile,
  db: Database.Database,
  output: string,
  context: SourceContext,
): Promise<DatasetVersion['notes']> {
  const tables = listTables(db);
  if (tables.length === 0) throw new CodedError('database-without-table', { file: file.name });
  const table = takeTable(file, tables, ({ name }) => name, context);
  const columns = columnsOf(db, table.name);
  refuseWidth(file, columns.length);
  const rows = db.prepare(`SELECT ${columns.map(identifier).join(', ')} FROM ${identifier(table.name)}`);
  const bytes = new Set<number>();
  await writeAsCsv(columns, readable(rows.raw().safeIntegers().iterate(), bytes), output, context);
  return [
    ...(tables.length > 1 ? [tableNote('table-chosen', { table: table.name }, tables.length, context)] : []),
    ...[...bytes].map((index) => ({ code: 'column-of-bytes', parameters: { column: columns[index] ?? '' } })),
  ];
}

/** Rows with bytes left out; the places where there were some are added to `bytes`. */
function* readable(rows: Iterable<unknown>, bytes: Set<number>): Generator<CellValue[]> {
  for (const row of rows as Iterable<(CellValue | Uint8Array)[]>) {
    yield row.map((value, index) => {
      if (!(value instanceof Uint8Array)) return value;
      bytes.add(index);
      return null;
    });
  }
}
