/**
 * Which rows train, which validate, which test. Deterministic from the seed; stratified splits give each class its share
 * exactly, by largest remainder; test rows are drawn first, so that the validation share never changes them.
 */
import type { Split } from '../contract';
import { randomSource, shuffle } from './random';

/** Codes in the array that `assignParts` gives. `NO_PART` marks rows whose target is missing. */
export const TRAINING = 0;
export const VALIDATION = 1;
export const TEST = 2;
export const NO_PART = 255;

export interface SplitRows {
  /** Class index per row, -1 where the target is missing; all 0 for a numeric target. */
  readonly classes: Int32Array;
  readonly classCount: number;
  /** 1 where the data itself names the row a test row; null where it names none. */
  readonly givenTest: Uint8Array | null;
}

/** @returns one part code per row. */
export function assignParts(split: Split, rows: SplitRows): Uint8Array {
  const parts = new Uint8Array(rows.classes.length).fill(NO_PART);
  const isGiven = split.kind === 'given' && rows.givenTest !== null;
  const strata = drawable(split, rows, isGiven, parts);
  const sizes = strata.map((stratum) => stratum.length);
  const testShare = split.kind === 'random' ? split.test : 0;
  const test = largestRemainder(sizes, testShare);
  const left = sizes.map((size, index) => size - (test[index] ?? 0));
  const validation = largestRemainder(sizes, split.validation).map((count, index) => Math.min(count, left[index] ?? 0));
  for (const [index, stratum] of strata.entries()) {
    shuffle(stratum, randomSource(split.seed, index));
    const testEnd = test[index] ?? 0;
    const validationEnd = testEnd + (validation[index] ?? 0);
    for (let position = 0; position < stratum.length; position += 1) {
      parts[stratum[position] ?? 0] = position < testEnd ? TEST : position < validationEnd ? VALIDATION : TRAINING;
    }
  }
  return parts;
}

/** Rows to draw from, by stratum, ascending; marks given test rows on the way. */
function drawable(split: Split, rows: SplitRows, isGiven: boolean, parts: Uint8Array): Int32Array[] {
  const { classes, givenTest } = rows;
  const sizes = new Array<number>(split.stratified ? Math.max(1, rows.classCount) : 1).fill(0);
  const strata: Int32Array[] = [];
  // Plain loops here and above: an iterator over millions of rows takes longer than reading them from disk.
  for (const isCounted of [false, true]) {
    if (isCounted) strata.push(...sizes.map((size) => new Int32Array(size)));
    sizes.fill(0);
    for (let row = 0; row < classes.length; row += 1) {
      const code = classes[row] ?? -1;
      if (code < 0) continue;
      const stratum = split.stratified ? code : 0;
      const place = sizes[stratum] ?? 0;
      if (isGiven && givenTest?.[row] === 1) parts[row] = TEST;
      else {
        sizes[stratum] = place + 1;
        if (isCounted) (strata[stratum] as Int32Array)[place] = row;
      }
    }
  }
  return strata;
}

/**
 * Shares `round(share · total)` out over strata: each gets the whole part of `share · size`, and the rest go one each to
 * the largest remainders (Hamilton's method), the earlier stratum first on a tie.
 */
export function largestRemainder(sizes: readonly number[], share: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => size * share);
  const counts = exact.map((quota) => Math.floor(quota + 1e-9));
  const rest = Math.round(total * share) - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = exact
    .map((quota, index) => ({ index, remainder: quota - (counts[index] ?? 0) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index);
  for (const { index } of byRemainder.slice(0, Math.max(0, rest))) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}
