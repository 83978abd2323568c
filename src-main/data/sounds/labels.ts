/**
 * Which class each sound belongs to, by how people arrange them, in this order: a table beside them that names files and
 * classes; folders; what stands first in the file's name, before `_` (`7_jackson_32.wav`).
 */
import { posix } from 'node:path';

/** What is known of a file beside its sound. */
export interface SoundLabels {
  /** One per file, null where the table does not name it; null where nothing says what the classes are. */
  readonly labels: readonly (string | null)[] | null;
  /** `test` where the topmost folder is called so; null where no folder says it. */
  readonly parts: readonly ('training' | 'test')[] | null;
  /** Further parts of the names that repeat, such as the speaker: by the number of the part, counted from 1. */
  readonly nameParts: readonly { readonly number: number; readonly values: readonly string[] }[];
  readonly by: 'table' | 'folder' | 'name' | 'nothing';
}

const TRAINING_NAME = /^(train|training|val|valid|validation|dev)$/i;
const TEST_NAME = /^(test|testing)$/i;
/** Of classes or speakers a name part holds no more than this; else it is a number. */
const MOST_VALUES = 1000;

/** @param table what a table beside the sounds says, by path; null where there is none. */
export function findLabels(paths: readonly string[], table: ReadonlyMap<string, string> | null): SoundLabels {
  const { parts, below } = splitParts(paths);
  if (table) {
    return { labels: paths.map((path) => table.get(path) ?? null), parts, nameParts: [], by: 'table' };
  }
  const folders = below.map((path) => posix.dirname(path));
  if (new Set(folders).size > 1 && folders.every((folder) => folder !== '.')) {
    return { labels: folders, parts, nameParts: [], by: 'folder' };
  }
  const names = below.map((path) => posix.basename(path, posix.extname(path)).split('_'));
  const first = names.map(([label = '']) => label);
  if (!names.every((name) => name.length > 1) || !isGrouping(first)) {
    return { labels: null, parts, nameParts: [], by: 'nothing' };
  }
  return { labels: first, parts, nameParts: repeatingParts(names), by: 'name' };
}

/** Whether values stand for groups: several, and each for several files on average. */
function isGrouping(values: readonly string[]): boolean {
  const distinct = new Set(values);
  return !distinct.has('') && distinct.size > 1 && distinct.size <= Math.min(MOST_VALUES, values.length / 2);
}

/** Parts behind the first that name something, in names that all have as many. */
function repeatingParts(names: readonly (readonly string[])[]): SoundLabels['nameParts'] {
  const length = names[0]?.length ?? 0;
  if (!names.every((name) => name.length === length)) return [];
  return Array.from({ length: length - 1 }, (_, at) => at + 1)
    .map((at) => ({ number: at + 1, values: names.map((name) => name[at] ?? '') }))
    .filter(({ values }) => isGrouping(values) && !values.every((value) => /^\d+$/.test(value)));
}

/** Takes folders off that say which part the files below belong to, where all files lie in such. */
function splitParts(paths: readonly string[]): { parts: SoundLabels['parts']; below: readonly string[] } {
  const tops = paths.map((path) => path.slice(0, path.indexOf('/') + 1).slice(0, -1));
  const isSplit = tops.every((top) => TRAINING_NAME.test(top) || TEST_NAME.test(top));
  if (!isSplit || !tops.some((top) => TEST_NAME.test(top)) || !tops.some((top) => TRAINING_NAME.test(top))) {
    return { parts: null, below: paths };
  }
  return {
    parts: tops.map((top) => (TEST_NAME.test(top) ? 'test' : 'training')),
    below: paths.map((path, at) => path.slice((tops[at]?.length ?? 0) + 1)),
  };
}

const FILE_COLUMN = /^(file|filename|file_name|path|audio|sound|clip|fname|slice_file_name)$/i;
const LABEL_COLUMN = /^(label|class|category|target|word|emotion|genre|species|y)$/i;

/**
 * The labels that a table of text gives.
 * @param rows values of each line, the header first.
 * @param folder in which the table lies, empty or ending in `/`.
 * @returns null where no column names any of the files, or none is called as labels are.
 */
export function labelsFromTable(
  rows: readonly (readonly string[])[],
  folder: string,
  paths: readonly string[],
): Map<string, string> | null {
  const [header = [], ...lines] = rows;
  const file = header.findIndex((name) => FILE_COLUMN.test(name.trim()));
  const label = header.findIndex((name) => LABEL_COLUMN.test(name.trim()));
  if (file < 0 || label < 0) return null;
  const known = new Set(paths);
  const byName = new Map(paths.map((path) => [posix.basename(path), path]));
  const byStem = new Map(paths.map((path) => [posix.basename(path, posix.extname(path)), path]));
  const found = new Map<string, string>();
  for (const line of lines) {
    const name = (line[file] ?? '').trim();
    const value = (line[label] ?? '').trim();
    const beside = posix.normalize(folder + name);
    const path = known.has(beside) ? beside : (byName.get(posix.basename(name)) ?? byStem.get(posix.basename(name)));
    if (path !== undefined && value !== '') found.set(path, value);
  }
  return found.size > 0 ? found : null;
}
