/** Which values of a text file mean "no value", and what counts as a number there. The same words everywhere. */
export { parseNumber } from '../catalog';

/** Compared without case and without surrounding spaces; the empty value counts too. */
export const MISSING_WORDS = ['na', 'n/a', 'null', 'nan', '?'] as const;

export function isMissingText(value: string): boolean {
  const word = value.trim().toLowerCase();
  return word === '' || MISSING_WORDS.some((missing) => missing === word);
}
