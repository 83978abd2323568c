/** How much one column alone says of the target, learnt on a random half of the rows and tried on the other. */
import type { CodedColumn } from '../columns';
import { randomSource } from '../random';

/** Numbers are cut into so many ranges with equally many rows each. */
const RANGES = 100;

/** Share of rows that are of the largest class. */
export function majorityAccuracy(labels: Int32Array, classes: number): number {
  const counts = new Float64Array(classes);
  let known = 0;
  for (const label of labels) {
    if (label < 0) continue;
    counts[label] = (counts[label] ?? 0) + 1;
    known += 1;
  }
  return known === 0 ? 1 : Math.max(...counts) / known;
}

/**
 * Accuracy of naming, for each value (or range of numbers), the class most frequent there.
 * @param cells codes with -1, or numbers with NaN, where missing. @param labels -1 where missing.
 */
export function singleColumnAccuracy(cells: CodedColumn | Float64Array, labels: Int32Array, classes: number): number {
  const places = cells instanceof Float64Array ? ranges(cells) : cells.codes;
  const size = places.reduce((most, place) => Math.max(most, place), -1) + 2;
  // Sparse, as a column of texts may have as many values as rows.
  const counts = new Map<number, number>();
  const add = (place: number, label: number) => {
    const at = place * classes + label;
    counts.set(at, (counts.get(at) ?? 0) + 1);
  };
  const overall = size - 1;
  // At random, as rows may stand in an order that alternates.
  const random = randomSource(1);
  const isLearnt = Uint8Array.from(labels, () => (random() < 0.5 ? 1 : 0));
  for (const [row, label] of labels.entries()) {
    if (label < 0 || isLearnt[row] === 0) continue;
    add(overall, label);
    if ((places[row] ?? -1) >= 0) add(places[row] ?? 0, label);
  }
  const winners = new Map<number, { label: number; count: number }>();
  for (const [at, count] of counts) {
    const place = Math.floor(at / classes);
    if (count > (winners.get(place)?.count ?? 0)) winners.set(place, { label: at % classes, count });
  }
  let right = 0;
  let tried = 0;
  for (const [row, label] of labels.entries()) {
    if (label < 0 || isLearnt[row] === 1) continue;
    tried += 1;
    const winner = winners.get(places[row] ?? -1) ?? winners.get(overall);
    if (winner?.label === label) right += 1;
  }
  return tried === 0 ? 0 : right / tried;
}

/** A range per row; equal numbers are in one range; -1 where missing. */
function ranges(numbers: Float64Array): Int32Array {
  const sorted = numbers.filter((value) => !Number.isNaN(value)).sort();
  const edges = new Set<number>();
  for (let range = 1; range < RANGES; range += 1) edges.add(sorted[Math.floor((range * sorted.length) / RANGES)] ?? 0);
  const limits = [...edges];
  return Int32Array.from(numbers, (value) => {
    if (Number.isNaN(value)) return -1;
    let [low, high] = [0, limits.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((limits[middle] ?? Infinity) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

/** Spearman's rank correlation over rows that have both numbers; 0 where one of them never changes. */
export function rankCorrelation(one: Float64Array, other: Float64Array): number {
  const rows = Array.from(one.keys()).filter((row) => !Number.isNaN(one[row]) && !Number.isNaN(other[row]));
  const [first, second] = [ranks(one, rows), ranks(other, rows)];
  const mean = (rows.length - 1) / 2;
  let [products, squares, otherSquares] = [0, 0, 0];
  for (const [place, rank] of first.entries()) {
    const [x, y] = [rank - mean, (second[place] ?? 0) - mean];
    products += x * y;
    squares += x * x;
    otherSquares += y * y;
  }
  return squares > 0 && otherSquares > 0 ? products / Math.sqrt(squares * otherSquares) : 0;
}

/** Ranks from 0, the mean rank for equal numbers. */
function ranks(values: Float64Array, rows: readonly number[]): Float64Array {
  const order = Array.from(rows.keys()).sort(
    (one, other) => (values[rows[one] ?? 0] ?? 0) - (values[rows[other] ?? 0] ?? 0),
  );
  const valueAt = (place: number) => values[rows[order[place] ?? 0] ?? 0];
  const found = new Float64Array(rows.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && valueAt(to) === valueAt(from)) to += 1;
    for (let place = from; place < to; place += 1) found[order[place] ?? 0] = (from + to - 1) / 2;
    from = to;
  }
  return found;
}
