/** A page of a version's rows as people see them: in file order, by part and class, searched in any text cell. */
import type { DataSetup, DatasetVersion, Row, SplitPart } from '../contract';
import { readColumns } from './columns';
import { queryRows } from './duckdb';
import { rowsFile, type LibraryPaths } from './paths';
import { identifier, literal } from './sql';
import { NO_PART, partName, TEST, TRAINING, VALIDATION } from './part-codes';
import { divideRows, type DividedRows } from './target';

export interface RowsQuery {
  /** Its task is empty where none is chosen yet. */
  readonly setup: DataSetup;
  readonly part: SplitPart | null;
  readonly label: string | null;
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}

const partCodes = { training: TRAINING, validation: VALIDATION, test: TEST } as const;

/** @throws CodedError as `divideRows` */
export async function readRows(
  library: LibraryPaths,
  version: DatasetVersion,
  query: RowsQuery,
): Promise<{ total: number; rows: Row[] }> {
  const divided = await dividedOrNot(library, version, query);
  const chosen = await chooseRows(library, version, query, divided);
  const page = chosen.slice(query.offset, query.offset + query.limit);
  if (page.length === 0) return { total: chosen.length, rows: [] };
  const where = `WHERE _index BETWEEN ${page[0]} AND ${page[page.length - 1]} AND _index IN (${page.join(', ')})`;
  const columns = await readColumns(library, version.id, [...version.columns.keys()], where);
  const rows = Array.from(page, (index, at) => ({
    index,
    part: partName(divided.parts[index]),
    values: columns.map((cells) => cells[at] ?? null),
  }));
  return { total: chosen.length, rows };
}

async function dividedOrNot(
  library: LibraryPaths,
  version: DatasetVersion,
  { setup }: RowsQuery,
): Promise<DividedRows> {
  return setup.task === '' ? undivided(version.rowCount) : divideRows(library, version, setup);
}

/** All rows of a version of which nobody has said yet what is to be learned: in no part. */
function undivided(rows: number): DividedRows {
  const classes = new Int32Array(rows).fill(-1);
  const target = { kind: 'number', unit: null } as const;
  const split = { groups: null, ranges: null, withoutValue: 0, leftOut: 0 };
  return { parts: new Uint8Array(rows).fill(NO_PART), classes, numbers: new Float64Array(0), target, split };
}

/** Indices of the rows that pass the filters, ascending, from one position on. @throws CodedError as `divideRows` */
export async function readRowIndices(
  library: LibraryPaths,
  version: DatasetVersion,
  query: RowsQuery,
): Promise<Int32Array<ArrayBuffer>> {
  const chosen = await chooseRows(library, version, query, await dividedOrNot(library, version, query));
  return new Int32Array(chosen.subarray(query.offset, query.offset + query.limit));
}

/** Indices of all rows that pass the filters, ascending. */
async function chooseRows(
  library: LibraryPaths,
  version: DatasetVersion,
  query: RowsQuery,
  divided: DividedRows,
): Promise<Int32Array> {
  const found =
    query.search.trim() === '' ? divided.parts.keys() : await searchRows(library, version, query.search.trim());
  const part = query.part === null ? null : partCodes[query.part];
  const { target } = divided;
  const label = query.label === null || target.kind !== 'classes' ? null : target.classes.indexOf(query.label);
  const chosen: number[] = [];
  for (const row of found) {
    if (part !== null && divided.parts[row] !== part) continue;
    if (label !== null && (label < 0 || divided.classes[row] !== label)) continue;
    chosen.push(row);
  }
  return Int32Array.from(chosen);
}

/** Rows of which some text cell holds the words, without case. */
async function searchRows(library: LibraryPaths, version: DatasetVersion, words: string): Promise<number[]> {
  const wanted = literal(words.toLowerCase());
  const conditions = version.columns.flatMap((column, index) =>
    column.type === 'number' || column.type === 'image' || column.type === 'audio'
      ? []
      : [`contains(lower(${identifier(`c${index}`)}), ${wanted})`],
  );
  if (conditions.length === 0 || words.includes('\0')) return [];
  const table = literal(rowsFile(library, version.id));
  const rows = await queryRows(`SELECT _index FROM ${table} WHERE ${conditions.join(' OR ')} ORDER BY _index`);
  return rows.map(([index]) => Number(index));
}
