/** Whether a column is distributed otherwise in the test rows than in the training rows. */

/** Row indices of the two parts. */
export interface PartRows {
  readonly training: Int32Array;
  readonly test: Int32Array;
}

export interface Shift {
  /** 0–1: Kolmogorov–Smirnov's statistic for numbers, the total variation distance for categories. */
  readonly difference: number;
  /** Hardly by chance: at one in ten thousand, shared out over all columns that are looked at (Bonferroni). */
  readonly certain: boolean;
  /** Whether the test's mean is the higher one; for numbers. */
  readonly isHigher: boolean;
}

const CHANCE = 1e-4;
const none: Shift = { difference: 0, certain: false, isHigher: false };

/** @param values NaN where missing. @param columns how many are looked at. */
export function numberShift(values: Float64Array, { training, test }: PartRows, columns: number): Shift {
  const [one, other] = [known(values, training), known(values, test)];
  if (one.length === 0 || other.length === 0) return none;
  let difference = 0;
  for (let at = 0, place = 0; at < one.length && place < other.length;) {
    const value = Math.min(one[at] ?? 0, other[place] ?? 0);
    while (at < one.length && (one[at] ?? 0) <= value) at += 1;
    while (place < other.length && (other[place] ?? 0) <= value) place += 1;
    difference = Math.max(difference, Math.abs(at / one.length - place / other.length));
  }
  // The statistic's usual bound: c(α) √((n + m) / (n m)) with c(α) = √(ln(2/α) / 2).
  const limit = Math.sqrt(Math.log((2 * columns) / CHANCE) / 2) * Math.sqrt(1 / one.length + 1 / other.length);
  return { difference, certain: difference > limit, isHigher: mean(other) > mean(one) };
}

/** @param codes -1 where missing, which counts as a value. */
export function codeShift(codes: Int32Array, { training, test }: PartRows, columns: number): Shift {
  if (training.length === 0 || test.length === 0) return none;
  const [one, other] = [shares(codes, training), shares(codes, test)];
  let sum = 0;
  let allowed = 0;
  for (const code of new Set([...one.keys(), ...other.keys()])) {
    const [share, otherShare] = [one.get(code) ?? 0, other.get(code) ?? 0];
    sum += Math.abs(share - otherShare);
    const pooled = (share * training.length + otherShare * test.length) / (training.length + test.length);
    allowed += Math.sqrt(pooled * (1 - pooled) * (1 / training.length + 1 / test.length));
  }
  // The distance is on average no more than its parts' deviations add up to; beyond that McDiarmid's inequality bounds it.
  const stray = Math.sqrt((Math.log(columns / CHANCE) / 2) * (1 / training.length + 1 / test.length));
  const limit = allowed / 2 + stray;
  return { difference: sum / 2, certain: sum / 2 > limit, isHigher: false };
}

function known(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row] ?? Number.NaN)
    .filter((value) => !Number.isNaN(value))
    .sort();
}

function shares(codes: Int32Array, rows: Int32Array): Map<number, number> {
  const found = new Map<number, number>();
  for (const row of rows) found.set(codes[row] ?? -1, (found.get(codes[row] ?? -1) ?? 0) + 1 / rows.length);
  return found;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
