/** Whether the rows of a table are whole series: numbers, column after column. */
import type { Column } from '../contract';

/** Fewer numbers are rather a table. */
const FEWEST_STEPS = 16;

/** @param target the name of a column that is no part of the series; null where all are. */
export function isSeries(columns: readonly Column[], target: string | null): boolean {
  const inputs = columns.filter(({ name, type }) => name !== target && type !== 'ignored');
  const numbers = inputs.filter(({ type }) => type === 'number');
  // One more column may say which rows are for the test.
  return numbers.length >= FEWEST_STEPS && inputs.length <= numbers.length + 1;
}
