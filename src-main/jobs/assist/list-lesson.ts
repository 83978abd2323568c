/** What of a column with several classes per row quick models may learn: one lesson per class, which a row has or has not. */
import { sortClasses } from '../../catalog';
import { CodedError, labelsIn, LEAST_LABELS } from '../../contract';
import type { StandingColumn } from '../../data/assist/standing';
import type { Lesson } from './learner';

/** Each class is a model of its own, with a fraction of a second to some seconds each. */
const MOST_CLASSES = 50;

export interface ListLesson {
  /** In the order of their keys. */
  readonly classes: readonly string[];
  /** Rows that stay and that somebody looked at, ascending. */
  readonly judged: Int32Array;
  /** Whether a judged row has a class, by place in `classes` and then in `judged`. */
  readonly has: readonly Uint8Array[];
}

/** @throws CodedError `assist-few-lists`, `assist-too-many-classes` */
export function listLessonOf({ codes, names, excluded }: StandingColumn, column: string): ListLesson {
  const judged = Int32Array.from(codes.keys()).filter((row) => codes[row] !== -1 && excluded[row] === 0);
  const lists = names.map((cell) => new Set(labelsIn('labels', cell)));
  const listOf = (row: number) => lists[codes[row] ?? -1];
  const found = new Set(Array.from(judged, (row) => [...(listOf(row) ?? [])]).flat());
  if (found.size > MOST_CLASSES) {
    throw new CodedError('assist-too-many-classes', { column, count: found.size, most: MOST_CLASSES });
  }
  const classes = sortClasses([...found]);
  const has = classes.map((name) => Uint8Array.from(judged, (row) => (listOf(row)?.has(name) ? 1 : 0)));
  if (!has.some(isLearnable)) {
    throw new CodedError('assist-few-lists', { column, count: judged.length, each: LEAST_LABELS.each });
  }
  return { classes, judged, has };
}

/** Whether enough rows have a class, and enough have not. */
export function isLearnable(has: Uint8Array): boolean {
  const count = countOf(has);
  return Math.min(count, has.length - count) >= LEAST_LABELS.each;
}

/** How many rows have it. */
export function countOf(has: Uint8Array): number {
  return has.reduce((sum, one) => sum + one, 0);
}

/** One class as a lesson of two: a row has it not, or has it. @param rows of the version */
export function classLesson({ judged, classes, has }: ListLesson, place: number, rows: number): Lesson {
  const labels = new Int32Array(rows).fill(-1);
  for (const [at, row] of judged.entries()) labels[row] = has[place]?.[at] ?? 0;
  const name = classes[place] ?? '';
  return { labels, classes: [`not ${name}`, name] };
}
