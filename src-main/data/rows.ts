/** Pages of a version's rows as people see them: filtered and ordered as they ask. */
import type { DatasetVersion, Row, RowChoice } from '../contract';
import type { LibraryPaths } from './paths';
import { partName } from './part-codes';
import { chooseRows } from './row-choice';
import type { EditedColumn } from './row-overlay';
import { readRowsAt } from './rows-at';

export interface RowsQuery extends RowChoice {
  readonly offset: number;
  readonly limit: number;
  /** By row, 1 for those that may be answered, as pending edits have it; absent for all. */
  readonly among?: Uint8Array | undefined;
  /** Pending edits of the columns that the query asks of. */
  readonly edited?: readonly EditedColumn[] | undefined;
}

/** @throws CodedError as `chooseRows` */
export async function readRows(
  library: LibraryPaths,
  version: DatasetVersion,
  query: RowsQuery,
): Promise<{ total: number; rows: Row[] }> {
  const { rows, divided } = await chooseRows(library, version, query, query);
  const page = await readRowsAt(library, version, [...rows.subarray(query.offset, query.offset + query.limit)]);
  return {
    total: rows.length,
    rows: page.map(({ index, values }) => ({ index, part: partName(divided.parts[index]), values })),
  };
}

/** Indices of the rows that pass the filters, in the order asked, from one position on. @throws CodedError as `chooseRows` */
export async function readRowIndices(
  library: LibraryPaths,
  version: DatasetVersion,
  query: RowsQuery,
): Promise<Int32Array<ArrayBuffer>> {
  const { rows } = await chooseRows(library, version, query, query);
  return new Int32Array(rows.subarray(query.offset, query.offset + query.limit));
}
