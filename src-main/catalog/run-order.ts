/** Runs in the order of a field, for the table of the window and the lists of the terminal. */
import type { RunSummary } from '../contract';
import type { RunContext, RunField, RunValue } from './run-fields';

export interface RunOrder {
  readonly field: RunField;
  readonly descending: boolean;
}

/** @returns the runs in order; those without a value come last in either direction, equal ones newest first. */
export function sortRuns(
  runs: readonly RunSummary[],
  { field, descending }: RunOrder,
  context: RunContext,
): RunSummary[] {
  const keyed = runs.map((run) => ({ run, value: sortKey(field.read(run, context)) }));
  const turn = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) {
      if (a.value !== b.value) return a.value === null ? 1 : -1;
    } else if (a.value !== b.value) {
      return compare(a.value, b.value) * turn;
    }
    return b.run.createdAt - a.run.createdAt;
  });
  return keyed.map(({ run }) => run);
}

function sortKey(value: RunValue): string | number | null {
  if (value === null || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return text === '' ? null : text.toLocaleLowerCase();
}

const collator = new Intl.Collator(undefined, { numeric: true });

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
