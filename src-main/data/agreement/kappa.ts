/**
 * Cohen's κ: how far two people agree beyond what chance alone would give (Cohen, "A Coefficient of Agreement for Nominal
 * Scales", 1960), with its standard error for large samples (Fleiss, Cohen and Everitt, 1969).
 */
import type { Kappa } from '../../contract';

/** @param table `table[first][second]` counts, as many rows as columns. */
export function cohensKappa(table: readonly (readonly number[])[]): Kappa {
  const rows = sum(table.map(sum));
  const share = (one: number, other: number) => (table[one]?.[other] ?? 0) / rows;
  const first = table.map((counts) => sum(counts) / rows);
  const second = table.map((_, place) => sum(table.map((counts) => counts[place] ?? 0)) / rows);
  const classes = [...table.keys()];
  const observed = rows === 0 ? 0 : sum(classes.map((one) => share(one, one)));
  const expected = rows === 0 ? 0 : sum(classes.map((one) => (first[one] ?? 0) * (second[one] ?? 0)));
  // Both gave one class throughout: there is nothing that chance would not explain.
  if (rows === 0 || 1 - expected < 1e-12) return { rows, observed, expected, kappa: null, standardError: null };
  const kappa = (observed - expected) / (1 - expected);
  const left = 1 - kappa;
  let [onDiagonal, off] = [0, 0];
  for (const one of classes) {
    for (const other of classes) {
      if (one === other) onDiagonal += share(one, one) * (1 - ((first[one] ?? 0) + (second[one] ?? 0)) * left) ** 2;
      else off += share(one, other) * ((second[one] ?? 0) + (first[other] ?? 0)) ** 2;
    }
  }
  const variance = (onDiagonal + left ** 2 * off - (kappa - expected * left) ** 2) / ((1 - expected) ** 2 * rows);
  return { rows, observed, expected, kappa, standardError: Math.sqrt(Math.max(0, variance)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
