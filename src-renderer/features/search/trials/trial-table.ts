/** Columns of the table of trials and the order of its rows. */
import type { FieldValue, Trial } from '../../../../src-main/contract';

export interface TrialColumn {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly isNumeric: boolean;
  readonly read: (trial: Trial) => FieldValue | null;
  readonly format: (value: FieldValue | null) => string;
}

export interface TrialOrder {
  readonly column: string;
  readonly descending: boolean;
}

/** Equal ones stay in the order of their numbers; what has no value comes last either way. */
export function sortTrials(
  trials: readonly Trial[],
  columns: readonly TrialColumn[],
  order: TrialOrder,
): readonly Trial[] {
  const column = columns.find(({ id }) => id === order.column);
  if (!column) return trials;
  const turn = order.descending ? -1 : 1;
  const keyed = trials.map((trial) => ({ trial, value: column.read(trial) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return turn * compare(a.value, b.value);
  });
  return keyed.map(({ trial }) => trial);
}

function compare(a: FieldValue, b: FieldValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [one, other] = [String(a), String(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}
