/** Rows as steps of series: each series by itself, the earliest step first. A place is where a step stands in that order. */

export interface StepOrder {
  /** The row at each place, series after series. */
  readonly rows: Int32Array;
  /** The place of each row. */
  readonly places: Int32Array;
  /** By place: the first place of its series, and the one after its last. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly seriesCount: number;
}

/**
 * @param keys what steps are ordered by, a number per row; those without one (NaN) come first, equal ones in their order.
 * @param series a code per row; null where all rows are one series.
 */
export function orderSteps(keys: ArrayLike<number>, series: Int32Array | null): StepOrder {
  const keyOf = (row: number) => (Number.isNaN(keys[row]) ? -Infinity : (keys[row] ?? 0));
  const rows = Int32Array.from({ length: keys.length }, (_, row) => row);
  rows.sort(
    (one, other) => (series?.[one] ?? 0) - (series?.[other] ?? 0) || ascending(keyOf(one), keyOf(other)) || one - other,
  );
  const [places, starts, ends] = [
    new Int32Array(rows.length),
    new Int32Array(rows.length),
    new Int32Array(rows.length),
  ];
  const codeAt = (place: number) => series?.[rows[place] ?? 0] ?? 0;
  let [start, seriesCount] = [0, 0];
  for (let place = 0; place < rows.length; place++) {
    places[rows[place] ?? 0] = place;
    if (place === 0 || codeAt(place) !== codeAt(place - 1)) {
      ends.fill(place, start, place);
      start = place;
      seriesCount++;
    }
    starts[place] = start;
  }
  ends.fill(rows.length, start);
  return { rows, places, starts, ends, seriesCount };
}

/** Not the difference, which is none between two infinities. */
function ascending(one: number, other: number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Values of rows put in the order of their steps. */
export function inOrder(values: Float64Array, { rows }: Pick<StepOrder, 'rows'>): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? NaN);
}

/** Each missing value becomes the last one before it in its series, or `first` where there is none. @param values by place */
export function carriedForward(
  values: Float64Array,
  { starts }: Pick<StepOrder, 'starts'>,
  first: number,
): Float64Array {
  const filled = Float64Array.from(values);
  for (let place = 0; place < filled.length; place++) {
    if (!Number.isNaN(filled[place])) continue;
    filled[place] = starts[place] === place ? first : (filled[place - 1] ?? first);
  }
  return filled;
}
