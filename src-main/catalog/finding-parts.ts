/** What findings share: columns by name and by what they hold. */
import type { Column } from '../contract';
import { wordsOf } from './words';

/** Characters of a value that is more than a name, on average over the examples. */
const PROSE_LENGTH = 20;
/** The same in signs of scripts that are written without spaces, of which one says more. */
const PROSE_SIGNS = 6;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

export function named(columns: readonly Column[], pattern: RegExp): boolean {
  return firstNamed(columns, pattern) !== undefined;
}

export function firstNamed(columns: readonly Column[], pattern: RegExp): Column | undefined {
  return columns.find(({ name }) => pattern.test(name));
}

/** The column that most likely names classes: by its name, else the last of few values. */
export function classesOf(columns: readonly Column[]): Column | null {
  const categories = columns.filter(({ type, distinct }) => type === 'category' && distinct > 1);
  return (
    firstNamed(
      categories,
      /^(label|class|category|target|species|tag|kind|sentiment|verdict|polarity|intent|topic)$/i,
    ) ??
    categories[categories.length - 1] ??
    null
  );
}

export function isWords({ type }: Column): boolean {
  return type === 'text' || type === 'category' || type === 'ignored';
}

/** Text of several words a value; each sign of a script without spaces is one. */
export function isProse({ type, examples }: Column): boolean {
  if (type !== 'text') return false;
  const characters = examples.reduce((sum, example) => sum + example.length, 0);
  const signs = examples.reduce((sum, example) => sum + (example.match(unspaced)?.length ?? 0), 0);
  const isLong = characters >= PROSE_LENGTH * examples.length || signs >= PROSE_SIGNS * examples.length;
  return isLong && examples.some((example) => wordsOf(example).length > 1);
}

/** With its thousands parted. */
export function count(value: number): string {
  return value.toLocaleString('en');
}
