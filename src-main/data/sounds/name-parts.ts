/** What the names of sound files say, by the custom of putting facts between `_`: `7_jackson_32.wav` is class, speaker, number. */
import { stem } from '../tree-paths';

/** More different values than this are numbers or names of their own, and no groups. */
const MOST_VALUES = 1000;

export interface NameParts {
  /** The first part of each name. */
  readonly labels: readonly string[];
  /** Further parts that stand for groups, as the speaker does; numbered from 1 as people count. */
  readonly others: readonly { readonly number: number; readonly values: readonly string[] }[];
}

/** @returns null where not all names have parts, or the first ones are no classes. */
export function readNameParts(paths: readonly string[]): NameParts | null {
  const names = paths.map((path) => stem(path).split('_'));
  const labels = names.map(([label = '']) => label);
  if (!names.every((name) => name.length > 1) || !areGroups(labels)) return null;
  const length = names[0]?.length ?? 0;
  if (!names.every((name) => name.length === length)) return { labels, others: [] };
  const others = Array.from({ length: length - 1 }, (_, at) => at + 1)
    .map((at) => ({ number: at + 1, values: names.map((name) => name[at] ?? '') }))
    .filter(({ values }) => areGroups(values) && !values.every((value) => /^\d+$/.test(value)));
  return { labels, others };
}

/** Whether values stand for groups: several, and each for several files on average. */
function areGroups(values: readonly string[]): boolean {
  const distinct = new Set(values);
  return !distinct.has('') && distinct.size > 1 && distinct.size <= Math.min(MOST_VALUES, values.length / 2);
}
