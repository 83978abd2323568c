/** What counts as a number in a text, and the order of categories that hangs on it. */
import { byCode } from './step-values';

/**
 * A number is written with a decimal point, without separators of thousands, with or without an exponent: `-1.5e3`. `1,5`
 * is none, nor is `007` (a code, whose zeros would be lost) nor a whole number of more than 15 digits (an identifier,
 * whose last digits would be lost), nor one beyond 1e100. As a regular expression that JavaScript and DuckDB's RE2 both read.
 */
const numberPattern = '[+-]?(0|[1-9][0-9]{0,14}|(0|[1-9][0-9]*)?\\.[0-9]+|(0|[1-9][0-9]*)\\.)([eE][+-]?[0-9]{1,3})?';

const numberExpression = new RegExp(`^(${numberPattern})$`);

/** @returns the number a text means; null if it means none or a missing one. */
export function parseNumber(text: string): number | null {
  const trimmed = text.trim();
  if (!numberExpression.test(trimmed)) return null;
  const value = Number(trimmed);
  return Math.abs(value) <= 1e100 ? value : null;
}

/** Classes by size where all are numbers, else by their characters' codes, so that the order never hangs on the rows'. */
export function sortClasses(classes: readonly string[]): string[] {
  const numbers = new Map(classes.map((name) => [name, parseNumber(name)]));
  const areNumbers = [...numbers.values()].every((value) => value !== null);
  if (areNumbers) return [...classes].sort((one, other) => (numbers.get(one) ?? 0) - (numbers.get(other) ?? 0));
  return [...classes].sort(byCode);
}
