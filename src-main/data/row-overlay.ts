/**
 * Pending edits as queries of rows see them: which cells of a column have another value now. Main makes them of the journal,
 * no longer than the edits are many; the data thread lays them over the version's file.
 */
import type { Column, DatasetVersion, RowChoice } from '../contract';
import type { CodedColumn } from './columns';
import { execute, fillTable, type ColumnOfTable } from './duckdb';
import type { EditedCells, EditState } from './edit-state';
import { parseNumber } from './missing';
import { rowsFile, type LibraryPaths } from './paths';
import { identifier, literal } from './sql';

/** The edited cells of one column. */
export interface EditedColumn {
  readonly name: string;
  /** The id of the last edit of the column: where two are equal, so are their cells. */
  readonly stamp: number;
  /** Rows with an edited cell, each once. */
  readonly rows: Int32Array;
  /** For each of `rows` the place of its value among `values`. */
  readonly places: Int32Array;
  /** As the journal has them, each once; null empties a cell. */
  readonly values: readonly (string | null)[];
}

/** Columns that a query compares, searches or sorts by. A search looks into all that `isSearched`. */
export function columnsAsked(version: DatasetVersion, { setup, label, search, sort, conditions }: RowChoice): string[] {
  const searched = search.trim() === '' ? [] : version.columns.filter(isSearched).map(({ name }) => name);
  const compared = (conditions ?? []).flatMap((condition) => ('column' in condition ? [condition.column] : []));
  const sorted = sort?.by.kind === 'column' ? [sort.by.column] : [];
  return [...new Set([...(label === null ? [] : [setup.target]), ...searched, ...compared, ...sorted])];
}

/** Whether a search for words looks into a column. */
export function isSearched({ type }: Pick<Column, 'type'>): boolean {
  return type !== 'number' && type !== 'image' && type !== 'audio';
}

/** What was made of a state's columns, for page after page of one choice. */
const made = new WeakMap<EditState, Map<string, EditedColumn>>();

/** The edits of some columns; those that nobody edited are left out. Takes as long as cells were edited, not rows are many. */
export function editedColumns(state: EditState, names: readonly string[]): EditedColumn[] {
  const known = made.get(state) ?? new Map<string, EditedColumn>();
  made.set(state, known);
  return names.flatMap((name) => {
    const cells = state.cells.get(name);
    const stamp = cells ? lastEditOf(state, name) : 0;
    if (!cells || stamp === 0) return [];
    const before = known.get(name);
    const column = before?.stamp === stamp ? before : editedColumn(state, name, cells, stamp);
    known.set(name, column);
    return [column];
  });
}

/** @returns its id, which says which edits came before it; 0 where there is none */
function lastEditOf({ edits }: EditState, column: string): number {
  const last = edits.findLast(({ edit }) => edit.kind === 'set' && edit.column === column);
  return last?.id ?? 0;
}

/** Plain loops, as main waits for them: a million cells take a few milliseconds. */
function editedColumn(state: EditState, name: string, { codes, values }: EditedCells, stamp: number): EditedColumn {
  const isDone = new Uint8Array(state.rowCount);
  const placeOf = new Int32Array(values.length + 1).fill(-1);
  const [rows, places]: [number[], number[]] = [[], []];
  const used: (string | null)[] = [];
  for (const { edit, rows: set } of state.edits) {
    if (edit.kind !== 'set' || edit.column !== name) continue;
    for (let at = 0; at < set.length; at += 1) {
      const row = set[at] ?? 0;
      const code = codes[row] ?? 0;
      if (code === 0 || isDone[row] === 1) continue;
      isDone[row] = 1;
      if (placeOf[code] === -1) placeOf[code] = used.push(values[code - 1] ?? null) - 1;
      rows.push(row);
      places.push(placeOf[code] ?? 0);
    }
  }
  return { name, stamp, rows: Int32Array.from(rows), places: Int32Array.from(places), values: used };
}

/** A column's codes with its edits; values that the version does not have come after its names. */
export function codesWithEdits({ codes, names }: CodedColumn, edited: EditedColumn | undefined): CodedColumn {
  if (!edited) return { codes, names };
  const known = new Map(names.map((name, place) => [name, place]));
  const all = [...names];
  const codeOf = edited.values.map((value) => (value === null ? -1 : (known.get(value) ?? all.push(value) - 1)));
  const changed = Int32Array.from(codes);
  for (const [at, row] of edited.rows.entries()) changed[row] = codeOf[edited.places[at] ?? 0] ?? -1;
  return { codes: changed, names: all };
}

/** A value as the names of a target's classes have it: "3.0" of a column of numbers is 3. */
export function nameOfValue(value: string | null, { type }: Pick<Column, 'type'>): string | null {
  if (value === null || type !== 'number') return value;
  const number = parseNumber(value);
  return number === null ? null : String(number);
}

/**
 * Hands a version's rows to a query as they are with edits.
 * @param work gets SQL that stands where a table's name may: `_index` and the columns `c0`, `c1`, … of the version.
 */
export async function withRows<Answer>(
  library: LibraryPaths,
  version: DatasetVersion,
  edited: readonly EditedColumn[],
  work: (table: string) => Promise<Answer>,
): Promise<Answer> {
  const file = literal(rowsFile(library, version.id));
  const shown = edited.flatMap((column) => {
    const index = version.columns.findIndex(({ name }) => name === column.name);
    return index < 0 ? [] : [{ column, index }];
  });
  if (shown.length === 0) return work(file);
  const written: string[] = [];
  try {
    const joins: string[] = [];
    const cells: string[] = [];
    for (const { column, index } of shown) {
      const { cellsTable, valuesTable } = await writeTables(column, version.columns[index], written);
      const [stored, edits] = [identifier(`c${index}`), identifier(`edits${index}`)];
      joins.push(`LEFT JOIN (SELECT row, value FROM ${cellsTable} JOIN ${valuesTable} USING (place)) AS ${edits}
        ON ${edits}.row = base._index`);
      cells.push(`CASE WHEN ${edits}.row IS NULL THEN base.${stored} ELSE ${edits}.value END AS ${stored}`);
    }
    return await work(`(SELECT base.* REPLACE (${cells.join(', ')}) FROM ${file} AS base ${joins.join(' ')})`);
  } finally {
    for (const table of written) await execute(`DROP TABLE IF EXISTS ${table}`);
  }
}

/** Questions of one process stand side by side, so that each table needs a name of its own. */
let tables = 0;

async function writeTables({ rows, places, values }: EditedColumn, column: Column | undefined, written: string[]) {
  tables += 1;
  const [cellsTable, valuesTable] = [identifier(`edited_cells_${tables}`), identifier(`edited_values_${tables}`)];
  written.push(cellsTable, valuesTable);
  const isNumber = column?.type === 'number';
  const cells = isNumber ? values.map((value) => (value === null ? null : parseNumber(value))) : values;
  const known: ColumnOfTable = { name: 'value', type: isNumber ? 'DOUBLE' : 'VARCHAR', values: cells };
  await fillTable(cellsTable, [
    { name: 'row', type: 'INTEGER', values: rows },
    { name: 'place', type: 'INTEGER', values: places },
  ]);
  await fillTable(valuesTable, [{ name: 'place', type: 'INTEGER', values: Int32Array.from(cells.keys()) }, known]);
  return { cellsTable, valuesTable };
}
