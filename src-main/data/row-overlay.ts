/**
 * Pending edits as queries of rows see them: which cells of a column have another value now. Main makes them of the journal,
 * no longer than the edits are many; the data thread lays them over the version's file.
 */
import type { Column, DatasetVersion, RowChoice } from '../contract';
import type { CodedColumn } from './columns';
import { execute, fillTable, type ColumnOfTable } from './duckdb';
import type { EditState } from './edit-state';
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
    const codes = state.cells.get(name)?.codes;
    const stamp = codes ? lastEditOf(state, name) : 0;
    if (!codes || stamp === 0) return [];
    const before = known.get(name);
    const column = before?.stamp === stamp ? before : editedColumn(state, name, codes, stamp);
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
function editedColumn(state: EditState, name: string, codes: Int32Array, stamp: number): EditedColumn {
  let most = 0;
  for (const { edit, rows } of state.edits) if (edit.kind === 'set' && edit.column === name) most += rows.length;
  const [rows, places] = [new Int32Array(most), new Int32Array(most)];
  const known = new Map<string | null, number>();
  let [count, code] = [0, 0];
  for (const { edit, rows: set } of state.edits) {
    code += 1;
    if (edit.kind !== 'set' || edit.column !== name) continue;
    const [before, place] = [count, known.get(edit.value) ?? known.size];
    for (let at = 0; at < set.length; at += 1) {
      const row = set[at] ?? 0;
      // Each cell is its last edit's.
      if (codes[row] !== code) continue;
      rows[count] = row;
      places[count] = place;
      count += 1;
    }
    if (count > before) known.set(edit.value, place);
  }
  return { name, stamp, rows: rows.slice(0, count), places: places.slice(0, count), values: [...known.keys()] };
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
