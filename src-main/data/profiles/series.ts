/** Columns of numbers along an order, thinned so that a line of a million rows can be drawn and no extreme is lost. */
import { CodedError, type DatasetVersion, type SeriesLines } from '../../contract';
import { findColumn, readNumbers } from '../columns';
import { readOrderKeys } from '../order-keys';
import type { LibraryPaths } from '../paths';
import { seriesOf } from '../series';

export interface SeriesQuery {
  readonly columns: readonly string[];
  /** A column; '' for the order of the file. */
  readonly order: string;
  readonly stretches: number;
}

/** @throws CodedError `column-missing`, `column-without-numbers` */
export async function readSeriesLines(
  library: LibraryPaths,
  version: DatasetVersion,
  { columns, order, stretches }: SeriesQuery,
): Promise<SeriesLines> {
  const keyed = order === '' ? null : await readOrderKeys(library, version, findColumn(version, order).index);
  const axis = keyed && keyed.kind !== 'place' ? keyed.kind : 'row';
  const lines: SeriesLines['lines'][number][] = [];
  for (const name of columns) {
    const { column, index } = findColumn(version, name);
    if (column.type !== 'number') throw new CodedError('column-without-numbers', { column: name });
    const values = await readNumbers(library, version, index);
    const keys = keyed?.keys ?? Float64Array.from(values.keys());
    const series = seriesOf(values, keys);
    // Rows without a place in the order stand nowhere on its axis.
    const placed = series.order.filter((row) => !Number.isNaN(keys[row] ?? Number.NaN));
    const x = axis === 'row' ? Float64Array.from(placed.keys(), (place) => place + 1) : pick(keys, placed);
    lines.push({ column: name, ...thin(x, pick(values, placed), stretches) });
  }
  return { axis, rows: version.rowCount, lines };
}

function pick(numbers: Float64Array, rows: Int32Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(rows, (row) => numbers[row] ?? Number.NaN);
}

type Thinned = Omit<SeriesLines['lines'][number], 'column'>;

/**
 * Of equal stretches of x the first, lowest, highest and last point, in their order; missing values (NaN) are left out.
 * @param x ascending.
 */
export function thin(x: Float64Array, y: Float64Array, stretches: number): Thinned {
  const known = Int32Array.from(y.keys()).filter((at) => !Number.isNaN(y[at] ?? Number.NaN));
  const kept = known.length <= 4 * stretches ? known : keptPlaces(x, y, known, stretches);
  let [minimum, maximum] = [Infinity, -Infinity];
  for (const at of kept) {
    minimum = Math.min(minimum, y[at] ?? Infinity);
    maximum = Math.max(maximum, y[at] ?? -Infinity);
  }
  const isEmpty = kept.length === 0;
  return { minimum: isEmpty ? 0 : minimum, maximum: isEmpty ? 0 : maximum, x: pick(x, kept), y: pick(y, kept) };
}

function keptPlaces(x: Float64Array, y: Float64Array, known: Int32Array, stretches: number): Int32Array {
  const first = x[known[0] ?? 0] ?? 0;
  const width = ((x[known[known.length - 1] ?? 0] ?? 0) - first) / stretches;
  const stretchOf = (at: number) =>
    width > 0 ? Math.min(stretches - 1, Math.floor(((x[at] ?? 0) - first) / width)) : 0;
  const kept: number[] = [];
  for (let start = 0; start < known.length;) {
    const stretch = stretchOf(known[start] ?? 0);
    let [lowest, highest, end] = [start, start, start];
    for (; end < known.length && stretchOf(known[end] ?? 0) === stretch; end += 1) {
      const value = y[known[end] ?? 0] ?? 0;
      if (value < (y[known[lowest] ?? 0] ?? 0)) lowest = end;
      if (value > (y[known[highest] ?? 0] ?? 0)) highest = end;
    }
    const places = [...new Set([start, lowest, highest, end - 1])].sort((one, other) => one - other);
    kept.push(...places.map((place) => known[place] ?? 0));
    start = end;
  }
  return Int32Array.from(kept);
}
