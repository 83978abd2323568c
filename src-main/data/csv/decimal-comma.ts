/**
 * Numbers with a decimal comma, as most of Europe writes them: `3,14`. They are looked for where no comma parts the values. A
 * column is one of such numbers if all its values are whole or have a comma; `1,234` alone may be a thousand, so that some
 * column of the file has to have a comma that can only be a decimal sign.
 */

/** Of a column's values so far: one is no such number; all may be; and one can be nothing else. */
export type CommaUse = 'never' | 'open' | 'sure';

const COMMA_NUMBER = /^[+-]?(0|[1-9][0-9]{0,14})(,[0-9]+)?$/;
const MAY_BE_THOUSANDS = /^[+-]?[1-9][0-9]{0,2},[0-9]{3}$/;
const LONGEST = 40;

/** @param value trimmed and not missing. */
export function commaUseAfter(before: CommaUse, value: string): CommaUse {
  if (before === 'never' || value.length > LONGEST || !COMMA_NUMBER.test(value)) return 'never';
  return value.includes(',') && !MAY_BE_THOUSANDS.test(value) ? 'sure' : before;
}

/** The number's text with a point where a comma is its decimal sign. */
export function withPoint(value: string): string {
  return COMMA_NUMBER.test(value) ? value.replace(',', '.') : value;
}

/** The columns that hold such numbers, by their place; none where it is sure of no column. */
export function decimalCommaColumns(
  scans: readonly { readonly comma: CommaUse; readonly numbers: boolean; readonly present: number }[],
): ReadonlySet<number> {
  const places = scans.flatMap(({ comma, numbers, present }, place) =>
    comma !== 'never' && !numbers && present > 0 ? [place] : [],
  );
  return new Set(places.some((place) => scans[place]?.comma === 'sure') ? places : []);
}
