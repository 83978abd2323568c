/** A column's spread, over all rows and per class: its numbers, the lengths of its texts, or its categories. */
import type { ColumnMeasure, ColumnProfile, DataSetup, DatasetVersion, ProfileMeasure } from '../../contract';
import { effectiveType, findColumn, readCodes, readNumbers } from '../columns';
import { queryNumbers } from '../duckdb';
import { rowsFile, type LibraryPaths } from '../paths';
import { identifier, literal } from '../sql';
import { divideRows } from '../target';
import { rangeOf, spreadOf } from './spread';

/** Texts that are measured; of more, every so many-th is. */
const MOST_TEXTS = 200_000;
const MOST_CLASSES = 50;
const MOST_CATEGORIES = 5;
/** Stretches without blanks, and each Chinese or Japanese character alone, which are not parted by blanks. */
const WORD = '[\\p{Han}\\p{Hiragana}\\p{Katakana}]|[^\\s\\p{Han}\\p{Hiragana}\\p{Katakana}]+';

/** The class of each row that is measured, -1 for none. */
interface Classes {
  readonly names: readonly string[];
  readonly codes: Int32Array;
}

/** @throws CodedError `column-missing`; as `divideRows` */
export async function readColumnProfile(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: DataSetup,
  columnName: string,
): Promise<ColumnProfile> {
  const { column, index } = findColumn(version, columnName);
  const type = effectiveType(column, setup);
  const every = type === 'text' ? Math.ceil(version.rowCount / MOST_TEXTS) : 1;
  const classes = await readClasses(library, version, setup, every);
  const profile = (measures: readonly ColumnMeasure[]) => ({
    column: columnName,
    measured: Math.ceil(version.rowCount / every),
    measures: [...measures],
  });
  if (type === 'number') {
    return profile([numberMeasure('values', await readNumbers(library, version, index), classes)]);
  }
  if (type === 'text') {
    const table = literal(rowsFile(library, version.id));
    const name = identifier(`c${index}`);
    const read = (sql: string) =>
      queryNumbers(`SELECT ${sql} FROM ${table} WHERE _index % ${every} = 0 ORDER BY _index`);
    const words = await read(`len(regexp_extract_all(${name}, ${literal(WORD)}))`);
    const characters = await read(`length(${name})`);
    return profile([numberMeasure('words', words, classes), numberMeasure('characters', characters, classes)]);
  }
  if (type !== 'category') return profile([]);
  const { codes, names } = await readCodes(library, version, index);
  return profile([categoryMeasure(codes, names, classes)]);
}

async function readClasses(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: DataSetup,
  every: number,
): Promise<Classes> {
  if (setup.task === '') return { names: [], codes: new Int32Array(0) };
  const { target, classes } = await divideRows(library, version, setup);
  if (target.kind !== 'classes') return { names: [], codes: new Int32Array(0) };
  return { names: target.classes, codes: every === 1 ? classes : classes.filter((_, row) => row % every === 0) };
}

function numberMeasure(measure: ProfileMeasure, numbers: Float64Array, classes: Classes): ColumnMeasure {
  const range = rangeOf(numbers);
  const perClass = rowsPerClass(classes).map(({ label, rows }) => {
    const own = Float64Array.from(rows, (row) => numbers[row] ?? Number.NaN);
    const spread = range && spreadOf(own, range);
    return { label, rows: rows.length, missing: rows.length - (spread?.count ?? 0), spread, categories: [] };
  });
  return { measure, spread: range && spreadOf(numbers, range), range, ...cut(perClass) };
}

function categoryMeasure(codes: Int32Array, names: readonly string[], classes: Classes): ColumnMeasure {
  const perClass = rowsPerClass(classes).map(({ label, rows }) => {
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(codes[row] ?? -1, (counts.get(codes[row] ?? -1) ?? 0) + 1);
    const missing = counts.get(-1) ?? 0;
    counts.delete(-1);
    const frequent = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, MOST_CATEGORIES);
    const categories = frequent.map(([code, count]) => ({ value: names[code] ?? '', count }));
    return { label, rows: rows.length, missing, spread: null, categories };
  });
  return { measure: 'categories', spread: null, range: null, ...cut(perClass) };
}

/** Places of the rows of each class, classes of most rows first. */
function rowsPerClass({ names, codes }: Classes): { label: string; rows: number[] }[] {
  const classes = names.map((label) => ({ label, rows: [] as number[] }));
  for (const [row, code] of codes.entries()) classes[code]?.rows.push(row);
  return classes.sort((one, other) => other.rows.length - one.rows.length);
}

function cut(classes: ColumnMeasure['classes']): Pick<ColumnMeasure, 'classes' | 'moreClasses'> {
  return { classes: classes.slice(0, MOST_CLASSES), moreClasses: Math.max(0, classes.length - MOST_CLASSES) };
}
