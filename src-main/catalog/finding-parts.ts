/** What findings share: columns by name and by what they hold. */
import type { Column } from '../contract';

/** Characters of a value that is more than a name, on average over the examples. */
const PROSE_LENGTH = 20;

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
    firstNamed(categories, /^(label|class|category|target|species|tag)$/i) ?? categories[categories.length - 1] ?? null
  );
}

export function isWords({ type }: Column): boolean {
  return type === 'text' || type === 'category' || type === 'ignored';
}

/** Text of several words a value. */
export function isProse({ type, examples }: Column): boolean {
  const characters = examples.reduce((sum, example) => sum + example.length, 0);
  return (
    type === 'text' &&
    characters >= PROSE_LENGTH * examples.length &&
    examples.some((example) => /\s/.test(example.trim()))
  );
}

/** With its thousands parted. */
export function count(value: number): string {
  return value.toLocaleString('en');
}
