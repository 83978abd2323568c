/** What of a column a quick model may learn. */
import { sortClasses } from '../../catalog';
import { CodedError, LEAST_LABELS } from '../../contract';
import type { StandingColumn } from '../../data/assist/standing';
import type { Lesson } from './learner';

/** More classes make memory and time of their own. */
const MOST_CLASSES = 200;

/**
 * Classes in the order of their keys, and each row's.
 * @throws CodedError `assist-not-classes`, `assist-too-few`, `assist-too-many-classes`
 */
export function lessonOf({ codes, names, type, excluded }: StandingColumn, column: string): Lesson {
  if (type !== 'category' && type !== 'number') throw new CodedError('assist-not-classes', { column });
  const counts = new Map<string, number>();
  for (const [row, code] of codes.entries()) {
    const name = excluded[row] === 1 ? undefined : names[code];
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const found = [...counts.values()].filter((count) => count >= LEAST_LABELS.each).length;
  if (counts.size > MOST_CLASSES) {
    throw new CodedError('assist-too-many-classes', { column, count: counts.size, most: MOST_CLASSES });
  }
  if (found < LEAST_LABELS.classes) throw new CodedError('assist-too-few', { column, found, ...LEAST_LABELS });
  const classes = sortClasses([...counts.keys()]);
  const places = new Map(classes.map((name, place) => [name, place]));
  const labels = codes.map((code, row) => (excluded[row] === 1 ? -1 : (places.get(names[code] ?? '') ?? -1)));
  return { labels, classes };
}

/** Rows that stay and have no label. */
export function openRows({ codes, excluded }: StandingColumn): Int32Array<ArrayBuffer> {
  return Int32Array.from(codes.keys()).filter((row) => codes[row] === -1 && excluded[row] === 0);
}
