/** Which values of a text file mean "no value", and what counts as a number there. The same words everywhere. */

/** Compared without case and without surrounding spaces; the empty value counts too. */
export const MISSING_WORDS = ['na', 'n/a', 'null', 'nan', '?'] as const;

export function isMissingText(value: string): boolean {
  const word = value.trim().toLowerCase();
  return word === '' || MISSING_WORDS.some((missing) => missing === word);
}

/**
 * A number is written with a decimal point, without separators of thousands, with or without an exponent: `-1.5e3`. `1,5`
 * is none, nor is `007` (a code, whose zeros would be lost) nor a whole number of more than 15 digits (an identifier,
 * whose last digits would be lost), nor one beyond 1e100. As a regular expression that JavaScript and DuckDB's RE2 both read.
 */
export const NUMBER_PATTERN =
  '[+-]?(0|[1-9][0-9]{0,14}|(0|[1-9][0-9]*)?\\.[0-9]+|(0|[1-9][0-9]*)\\.)([eE][+-]?[0-9]{1,3})?';

const numberExpression = new RegExp(`^(${NUMBER_PATTERN})$`);

/** @returns the number a text means; null if it means none or a missing one. */
export function parseNumber(text: string): number | null {
  const trimmed = text.trim();
  if (!numberExpression.test(trimmed)) return null;
  const value = Number(trimmed);
  return Math.abs(value) <= 1e100 ? value : null;
}
