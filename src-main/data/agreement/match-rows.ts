/** Which row of a version each row of a file is about: by its number, or by a column whose values the version has, too. */
import type { DatasetVersion } from '../../contract';
import { readCodes } from '../columns';
import type { LibraryPaths } from '../paths';

export interface KeyColumn {
  readonly name: string;
  readonly cells: readonly string[];
}

export interface Match {
  /** The column's name in the file. */
  readonly key: string;
  readonly cells: readonly string[];
  /** Per row of the file its row in the version, -1 where there is none. */
  readonly rows: Int32Array;
}

/** A key names at least so many of the file's rows. */
const LEAST_SHARE = 0.5;
/** Numbers of rows as people count them, from 1. */
const ROW_NAMES = ['row', 'rows', 'row_number', '行', '行号'];

/**
 * The key that finds most rows; of equal ones the column that is called as the version's, then the first.
 * @param without a column of the version that is no key: the labels themselves.
 */
export async function matchRows(
  library: LibraryPaths,
  version: DatasetVersion,
  keys: readonly KeyColumn[],
  without: string,
): Promise<Match | null> {
  const numbered = keys.find(({ name }) => ROW_NAMES.includes(name.trim().toLowerCase()));
  if (numbered) return byNumber(numbered, version.rowCount);
  let best: (Match & { found: number }) | null = null;
  for (const [index, column] of version.columns.entries()) {
    if (column.name === without || !['text', 'category', 'number', 'date'].includes(column.type)) continue;
    const { codes, names } = await readCodes(library, version, index);
    const rowOf = uniqueRows(codes, names);
    for (const key of keys) {
      for (const form of [whole, lastPart]) {
        const match = byValue(key, form === whole ? rowOf : renamed(rowOf, form), form);
        const isNamesake = key.name === column.name ? 0.5 : 0;
        if (!best || match.found + isNamesake > best.found) best = { ...match, found: match.found + isNamesake };
      }
    }
  }
  return best && best.found >= LEAST_SHARE * best.rows.length && best.found >= 1 ? best : null;
}

function byNumber({ name, cells }: KeyColumn, rowCount: number): Match {
  const rows = Int32Array.from(cells, (cell) => {
    const row = /^\d{1,9}$/.test(cell.trim()) ? Number(cell) - 1 : -1;
    return row < rowCount ? row : -1;
  });
  return { key: name, cells, rows };
}

const whole = (text: string) => text;
/** Two people may have a picture in folders of their own. */
const lastPart = (text: string) => text.split(/[/\\]/).pop() ?? text;

/** Row by value; values of several rows name none, and are -1. */
function uniqueRows(codes: Int32Array, names: readonly string[]): Map<string, number> {
  const rowOf = new Map<string, number>();
  for (const [row, code] of codes.entries()) {
    const name = names[code];
    if (name !== undefined) rowOf.set(name, rowOf.has(name) ? -1 : row);
  }
  return rowOf;
}

function renamed(rowOf: ReadonlyMap<string, number>, form: (text: string) => string): Map<string, number> {
  const made = new Map<string, number>();
  for (const [name, row] of rowOf) made.set(form(name), made.has(form(name)) ? -1 : row);
  return made;
}

function byValue(
  { name, cells }: KeyColumn,
  rowOf: ReadonlyMap<string, number>,
  form: (text: string) => string,
): Match & { found: number } {
  const rows = Int32Array.from(cells, (cell) => rowOf.get(form(cell.trim())) ?? -1);
  return { key: name, cells, rows, found: rows.reduce((count, row) => count + (row < 0 ? 0 : 1), 0) };
}
