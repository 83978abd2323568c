/** A table in a folder or archive that names the files beside it: read by its own source, and the column that names them found. */
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { CodedError } from '../contract';
import type { PictureNames } from './annotated-pictures';
import { queryRows, type Cell } from './duckdb';
import { chooseSource, type ReadColumn, type ReadContext, type SourceTarget } from './source';
import { literal } from './sql';
import type { TreeFile } from './tree';
import { isTable } from './tree-paths';

/** Rows that are tried to find the column that names pictures, and the share of them that must. */
const TRIED = 200;
const MOST_MISSES = 0.5;

/** Whether a file may be such a table: not deep among the files that it would name. */
export function isLabelTable({ path }: TreeFile): boolean {
  return isTable(path) && path.split('/').length <= 2;
}

export interface ReadTable {
  readonly columns: readonly ReadColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The table by its own source, in a folder of its own. @returns null for what is no table. */
export async function readTable(file: TreeFile, target: SourceTarget, context: ReadContext): Promise<ReadTable | null> {
  const work = join(target.work, randomUUID());
  await mkdir(work, { recursive: true });
  const path = join(work, `labels${extname(file.path)}`);
  await writeFile(path, await file.read());
  const rows = join(work, 'labels.parquet');
  try {
    const source = await chooseSource(path);
    // Pieces are those of the whole; a table of labels is read again.
    const own = { ...context, pieces: undefined };
    const read = await source.read([{ path, name: file.path }], { ...target, rows, work }, own);
    const selected = read.columns.map((_, index) => `c${index}`).join(', ');
    const cells = await queryRows(`SELECT ${selected} FROM ${literal(rows)} ORDER BY _index`);
    return { columns: read.columns, rows: cells };
  } catch (error) {
    if (!(error instanceof CodedError) || error.code === 'data-out-of-memory') throw error;
    context.leaveOut({ file: file.path }, error);
    return null;
  }
}

/** The column whose values name pictures, by the first rows; null where none does for most. */
export function findKey({ columns, rows }: ReadTable, names: PictureNames, file: TreeFile): number | null {
  const tried = rows.slice(0, TRIED);
  const hits = columns.map(
    (_, index) => tried.filter((row) => row[index] != null && names.find(String(row[index]), file.path)).length,
  );
  const most = Math.max(0, ...hits);
  return most > 0 && most >= tried.length * (1 - MOST_MISSES) ? hits.indexOf(most) : null;
}

/** @param own names, in lower case, that other columns of the row have: those are the table's no more. */
export function withFreeNames(columns: readonly ReadColumn[], own: readonly string[]): ReadColumn[] {
  const taken = new Set(own);
  return columns.map((column) => {
    let { name } = column;
    while (taken.has(name.toLowerCase())) name = `${name} (table)`;
    taken.add(name.toLowerCase());
    return { ...column, name };
  });
}
