/** Columns of a version under a person's setup: their types, where they lie in the Parquet file, and their values. */
import { CodedError, type Column, type ColumnType, type DataSetup, type DatasetVersion } from '../contract';
import {
  execute,
  queryColumns,
  queryNumbers,
  queryRows,
  streamColumns,
  withoutNull,
  type Cell,
  type ColumnPiece,
} from './duckdb';
import { parseNumber } from './missing';
import { TEST, TRAINING, VALIDATION } from './part-codes';
import { rowsFile, type LibraryPaths } from './paths';
import { identifier, literal } from './sql';

/** What a setup needs beside the version's id, so that a proposal can be tried before it is one. */
export type SetupChoices = Omit<DataSetup, 'versionId'>;

const fixedTypes: ReadonlySet<ColumnType> = new Set<ColumnType>(['image', 'labels', 'boxes', 'spans', 'audio']);

export function effectiveType(column: Column, setup: Pick<DataSetup, 'types'>): ColumnType {
  const chosen = Object.hasOwn(setup.types, column.name) ? setup.types[column.name] : undefined;
  if (!chosen || chosen === 'ignored') return chosen ?? column.type;
  // Pictures, sounds and lists of labels stay what they are whatever is chosen, and nothing else becomes one.
  const isFixed = [column.type, chosen].some((type) => fixedTypes.has(type));
  return isFixed ? column.type : chosen;
}

/** @throws CodedError `column-missing` */
export function findColumn(version: DatasetVersion, name: string): { column: Column; index: number } {
  const index = version.columns.findIndex((column) => column.name === name);
  const column = version.columns[index];
  if (column) return { column, index };
  const known = version.columns.map((each) => each.name).join(', ');
  throw new CodedError('column-missing', { column: name, known });
}

/**
 * Whole columns in row order, by their index in the version; `_split` by its name.
 * @param where SQL over `_index`, to read some rows only.
 */
export async function readColumns(
  library: LibraryPaths,
  versionId: string,
  columns: readonly (number | '_index' | '_split')[],
  where = '',
): Promise<Cell[][]> {
  const names = columns.map((column) => identifier(typeof column === 'number' ? `c${column}` : column));
  const table = literal(rowsFile(library, versionId));
  return queryColumns(`SELECT ${names.join(', ')} FROM ${table} ${where} ORDER BY _index`);
}

/**
 * `_index` and then columns, of all rows in their order, some thousand of them at a time.
 * @param columns by their index in the version; as numbers (NaN where missing) only columns of that type.
 */
export function streamColumnsOf(
  library: LibraryPaths,
  versionId: string,
  columns: readonly { readonly index: number; readonly asNumbers: boolean }[],
): AsyncGenerator<ColumnPiece[]> {
  const names = columns.map(({ index, asNumbers }) => {
    const name = identifier(`c${index}`);
    return asNumbers ? withoutNull(name) : name;
  });
  const numbers = columns.flatMap(({ asNumbers }, place) => (asNumbers ? [place + 1] : []));
  const selected = ['_index::DOUBLE', ...names].join(', ');
  return streamColumns(`SELECT ${selected} FROM ${literal(rowsFile(library, versionId))}`, new Set([0, ...numbers]));
}

/** A whole column of categories: each row's place among the names, -1 where missing. Names by their characters' codes. */
export interface CodedColumn {
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

/** @param index of a column of any type but image. */
export async function readCodes(library: LibraryPaths, version: DatasetVersion, index: number): Promise<CodedColumn> {
  const table = literal(rowsFile(library, version.id));
  const name = identifier(`c${index}`);
  if (version.columns[index]?.type === 'number') return codeNumbers(await storedNumbers(table, name));
  const known = `SELECT DISTINCT ${name} AS name FROM ${table} WHERE ${name} IS NOT NULL ORDER BY name`;
  const names = (await queryRows(known)).map(([value]) => String(value));
  if (names.length === 0) return { codes: new Int32Array(version.rowCount).fill(-1), names };
  enumerations += 1;
  const type = identifier(`names_${enumerations}`);
  await execute(`CREATE TYPE ${type} AS ENUM (${known})`);
  try {
    const codes = await queryNumbers(`SELECT coalesce(enum_code(${name}::${type})::INTEGER, -1) FROM ${table}`);
    return { codes: new Int32Array(codes), names };
  } finally {
    await execute(`DROP TYPE ${type}`);
  }
}

/** Questions of one process stand side by side, so that each needs a name of its own. */
let enumerations = 0;

/** A whole column as numbers, NaN where a value is none or missing. */
export async function readNumbers(
  library: LibraryPaths,
  version: DatasetVersion,
  index: number,
): Promise<Float64Array> {
  if (version.columns[index]?.type === 'number')
    return storedNumbers(literal(rowsFile(library, version.id)), identifier(`c${index}`));
  const { codes, names } = await readCodes(library, version, index);
  const numbers = names.map((name) => parseNumber(name) ?? Number.NaN);
  return Float64Array.from(codes, (code) => numbers[code] ?? Number.NaN);
}

/** The part that the data itself names for each row, as a part code; training where it names none. */
export async function readNamedParts(library: LibraryPaths, version: DatasetVersion): Promise<Uint8Array> {
  const table = literal(rowsFile(library, version.id));
  const codes = `CASE "_split" WHEN 'validation' THEN ${VALIDATION} WHEN 'test' THEN ${TEST} ELSE ${TRAINING} END`;
  return Uint8Array.from(await queryNumbers(`SELECT (${codes})::INTEGER FROM ${table}`));
}

/** A plain scan of a Parquet file gives the rows as they lie, which is by `_index` (DuckDB, "Order Preservation"). */
function storedNumbers(table: string, name: string): Promise<Float64Array> {
  return queryNumbers(`SELECT ${name} FROM ${table}`);
}

function codeNumbers(numbers: Float64Array): CodedColumn {
  const names = [...new Set(numbers)].filter((value) => !Number.isNaN(value)).map(String);
  names.sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const places = new Map(names.map((name, place) => [Number(name), place]));
  return { codes: Int32Array.from(numbers, (value) => places.get(value) ?? -1), names };
}

/** A cell as a number; null where it holds none. */
export function cellNumber(cell: Cell): number | null {
  return typeof cell === 'string' ? parseNumber(cell) : cell;
}

/** A cell as a category's name; null where it is missing. */
export function cellText(cell: Cell): string | null {
  return cell === null ? null : String(cell);
}
