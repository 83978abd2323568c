/** Columns of a version under a person's setup: their types, where they lie in the Parquet file, and their values. */
import { CodedError, type Column, type ColumnType, type DataSetup, type DatasetVersion } from '../contract';
import { queryColumns, type Cell } from './duckdb';
import { parseNumber } from './missing';
import { rowsFile, type LibraryPaths } from './paths';
import { identifier, literal } from './sql';

/** What a setup needs beside the version's id, so that a proposal can be tried before it is one. */
export type SetupChoices = Omit<DataSetup, 'versionId'>;

export function effectiveType(column: Column, setup: Pick<DataSetup, 'types'>): ColumnType {
  const chosen = Object.hasOwn(setup.types, column.name) ? setup.types[column.name] : undefined;
  // A picture stays one whatever is chosen, and nothing else becomes one.
  if (!chosen || (chosen !== 'ignored' && (chosen === 'image') !== (column.image !== null))) return column.type;
  return chosen;
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

/** A cell as a number; null where it holds none. */
export function cellNumber(cell: Cell): number | null {
  return typeof cell === 'string' ? parseNumber(cell) : cell;
}

/** A cell as a category's name; null where it is missing. */
export function cellText(cell: Cell): string | null {
  return cell === null ? null : String(cell);
}
