/**
 * Which rows train, which validate, which test. Deterministic from the seed; stratified splits give each class its share
 * exactly, by largest remainder; test rows are drawn first, so that the validation share never changes them. Splits by
 * groups and by order have a file each under `splits/`.
 */
import type { Split } from '../contract';
import { LEFT_OUT, NO_PART, TEST, TRAINING, VALIDATION } from './part-codes';
import { randomSource, shuffle } from './random';
import { assignGroups, type RowGroups } from './splits/grouped';
import { assignOrdered, type RowOrder } from './splits/ordered';

export { NO_PART, TEST, TRAINING, VALIDATION } from './part-codes';

export interface SplitRows {
  /** Class index per row, -1 where the target is missing; all 0 for a numeric target. */
  readonly classes: Int32Array;
  /** 1 for a numeric target. */
  readonly classCount: number;
  /** The part code that the data itself names per row (`LEFT_OUT` for none of them); null where it names none. */
  readonly given: Uint8Array | null;
  /** What must stay in one part; null where each row may go its own way. */
  readonly groups: RowGroups | null;
  /** What comes before what; null where the split has no order. */
  readonly order: RowOrder | null;
}

/**
 * @returns one part code per row.
 * @throws CodedError `split-groups-too-few`, `split-duplicates-too-few`, `split-order-too-few`
 */
export function assignParts(split: Split, rows: SplitRows): Uint8Array {
  if (split.kind === 'ordered') {
    return assignOrdered(
      split,
      rows.classes,
      rows.order ?? { column: null, values: rows.classes.map((_, row) => row) },
    );
  }
  if (split.kind !== 'given' && rows.groups) return assignGroups(split, rows, rows.groups);
  return drawRows(split, rows);
}

function drawRows(split: Exclude<Split, { kind: 'ordered' }>, rows: SplitRows): Uint8Array {
  const parts = new Uint8Array(rows.classes.length).fill(NO_PART);
  const given = split.kind === 'given' ? rows.given : null;
  const strata = drawable(split.stratified ? Math.max(1, rows.classCount) : 1, rows.classes, given, parts);
  const sizes = strata.map((stratum) => stratum.length);
  const shares = drawnShares(split, given);
  const test = largestRemainder(sizes, shares.test);
  const left = sizes.map((size, index) => size - (test[index] ?? 0));
  const validation = largestRemainder(sizes, shares.validation).map((count, index) =>
    Math.min(count, left[index] ?? 0),
  );
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

/** Of the rows that are given to no other part; none where the data has rows of its own for the part. */
function drawnShares(
  split: Exclude<Split, { kind: 'ordered' }>,
  given: Uint8Array | null,
): { readonly validation: number; readonly test: number } {
  const has = (part: number) => given?.includes(part) ?? false;
  return { validation: has(VALIDATION) ? 0 : split.validation, test: has(TEST) ? 0 : (split.test ?? 0) };
}

/** Streams of a seed from here on are rows that had no part to draw in before; those below are strata. */
const NEWCOMERS = 0x4000_0000;

/**
 * The part of one row alone, by its identity: shares hold on average only, but no other row matters.
 * @param given of all rows, where the data has parts of its own. Splits by a column have always drawn validation here.
 */
export function drawPart(
  split: Exclude<Split, { kind: 'ordered' }>,
  identity: number,
  given: Uint8Array | null,
): number {
  const drawn = randomSource(split.seed, NEWCOMERS + identity)();
  const isByColumn = split.kind === 'given' && split.column !== undefined;
  const { validation, test } = drawnShares(split, isByColumn ? null : given);
  return drawn < test ? TEST : drawn < test + validation ? VALIDATION : TRAINING;
}

/** Rows to draw from, by stratum, ascending; marks on the way those whose part is given. */
function drawable(count: number, classes: Int32Array, given: Uint8Array | null, parts: Uint8Array): Int32Array[] {
  const sizes = new Array<number>(count).fill(0);
  const strata: Int32Array[] = [];
  // Plain loops here and above: an iterator over millions of rows takes longer than reading them from disk.
  for (const isCounted of [false, true]) {
    if (isCounted) strata.push(...sizes.map((size) => new Int32Array(size)));
    sizes.fill(0);
    for (let row = 0; row < classes.length; row += 1) {
      const code = classes[row] ?? -1;
      if (code < 0) continue;
      const own = given?.[row] ?? TRAINING;
      if (own !== TRAINING) {
        parts[row] = own === VALIDATION || own === TEST ? own : LEFT_OUT;
        continue;
      }
      const stratum = count > 1 ? code : 0;
      const place = sizes[stratum] ?? 0;
      if (isCounted) (strata[stratum] as Int32Array)[place] = row;
      sizes[stratum] = place + 1;
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
