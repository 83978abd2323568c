/** Columns as series: each row's number with those of the rows before it, by the order of another column or of the file. */
import type { WindowOfRows } from '../catalog';
import type { DatasetVersion } from '../contract';
import { findColumn, readNumbers } from './columns';
import { readOrderKeys } from './order-keys';
import type { LibraryPaths } from './paths';

export interface Series {
  /** One per row; NaN where missing. */
  readonly values: Float64Array;
  /** Row indices, the earliest first. */
  readonly order: Int32Array;
  /** Where each row stands in the order. */
  readonly places: Int32Array;
}

/**
 * @param rows whose windows are wanted, in any order.
 * @returns `rows × (earlier + current)` numbers, in each row the oldest first, NaN before the beginning.
 */
export function windowsOf(
  { values, order, places }: Series,
  rows: ArrayLike<number>,
  window: WindowOfRows,
): Float64Array {
  const width = widthOfWindow(window);
  const windows = new Float64Array(rows.length * width);
  for (let at = 0, to = 0; at < rows.length; at++) {
    const place = places[rows[at] ?? -1] ?? -1;
    for (let part = 0; part < width; part++) windows[to++] = values[order[place - window.earlier + part] ?? -1] ?? NaN;
  }
  return windows;
}

export function widthOfWindow({ earlier, current }: WindowOfRows): number {
  return earlier + (current ? 1 : 0);
}

/** @param keys what rows are ordered by; those without one (NaN) come last, equal ones in the order of the file. */
export function seriesOf(values: Float64Array, keys: Float64Array): Series {
  const order = Int32Array.from(values.keys()).sort(
    (one, other) => compare(keys[one] ?? NaN, keys[other] ?? NaN) || one - other,
  );
  const places = new Int32Array(order.length);
  for (const [place, row] of order.entries()) places[row] = place;
  return { values, order, places };
}

function compare(one: number, other: number): number {
  if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
  return one - other;
}

/** @throws CodedError `column-missing` */
export async function readSeries(
  library: LibraryPaths,
  version: DatasetVersion,
  column: string,
  order: string,
): Promise<Series> {
  const values = await readNumbers(library, version, findColumn(version, column).index);
  if (order === '') return seriesOf(values, Float64Array.from(values.keys()));
  const { keys } = await readOrderKeys(library, version, findColumn(version, order).index);
  return seriesOf(values, keys);
}
