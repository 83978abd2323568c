/** Sets of row indices that are replaced, never changed, so that a million of them cost nothing to watch. */

export type RowSet = ReadonlySet<number>;

export const noRows: RowSet = new Set();

export function rowSet(indices: Iterable<number>): RowSet {
  return new Set(indices);
}

/** With a row that was not there, without one that was. */
export function toggled(rows: RowSet, index: number): RowSet {
  const changed = new Set(rows);
  if (!changed.delete(index)) changed.add(index);
  return changed;
}
