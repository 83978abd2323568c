/** Rows of a version by their index. */
import type { DatasetVersion, Row } from '../contract';
import { readColumns } from './columns';
import type { LibraryPaths } from './paths';

/** @returns the rows in the order asked; those that there are not are left out. */
export async function readRowsAt(
  library: LibraryPaths,
  version: DatasetVersion,
  rows: readonly number[],
): Promise<Omit<Row, 'part'>[]> {
  if (rows.length === 0) return [];
  const asked = [...new Set(rows)].sort((one, other) => one - other);
  const where = `WHERE _index BETWEEN ${asked[0]} AND ${asked[asked.length - 1]} AND _index IN (${asked.join(', ')})`;
  const [indices = [], ...columns] = await readColumns(
    library,
    version.id,
    ['_index', ...version.columns.keys()],
    where,
  );
  const places = new Map(indices.map((index, place) => [Number(index), place]));
  return rows.flatMap((index) => {
    const place = places.get(index);
    return place === undefined ? [] : [{ index, values: columns.map((cells) => cells[place] ?? null) }];
  });
}
