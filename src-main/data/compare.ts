/**
 * How one version of a dataset differs from another: rows that came and went, cells that changed, columns. Rows are matched
 * by their identity, so that an excluded row does not shift all that follow it.
 */
import {
  CodedError,
  isListType,
  listWords,
  type ColumnType,
  type DatasetVersion,
  type VersionComparison,
} from '../contract';
import { queryRows, type Cell } from './duckdb';
import { originColumn } from './identity';
import { rowsFile, type LibraryPaths } from './paths';
import { identifier, literal } from './sql';

const EXAMPLES = 20;
const MOST_PAIRS = 20;
const MOST_CLASSES = 1000;
/** Columns of which changes are told one by one, the most changed first. */
const MOST_CHANGED = 50;
/** Columns that one query compares, so that its pieces of both tables stay small. */
const COMPARED_AT_ONCE = 100;
/** Characters of a cell that are shown. */
const SHOWN = 200;
/** Of a list of labels, which is told in words, all that words can be made of. */
const SHOWN_OF_LISTS = 50_000;

interface Common {
  readonly name: string;
  /** SQL of the column in the earlier and in the later version. */
  readonly from: string;
  readonly to: string;
  /** Text where the two have different types. */
  readonly type: ColumnType;
}

interface Side {
  /** SQL of a version's rows with their identity as `origin`. */
  readonly table: string;
  readonly version: DatasetVersion;
}

/**
 * @param target of which the rows per value are counted in both; null for none.
 * @throws CodedError `versions-unrelated`
 */
export async function compareVersions(
  library: LibraryPaths,
  from: DatasetVersion,
  to: DatasetVersion,
  target: string | null,
): Promise<VersionComparison> {
  if (from.datasetId !== to.datasetId) {
    throw new CodedError('versions-unrelated', { one: from.datasetName, other: to.datasetName });
  }
  const [one, other] = [sideOf(library, from), sideOf(library, to)];
  const names = (version: DatasetVersion) => new Set(version.columns.map(({ name }) => name));
  const [before, after] = [names(from), names(to)];
  return {
    rows: { from: from.rowCount, to: to.rowCount },
    added: await onlyIn(other, one),
    removed: await onlyIn(one, other),
    columnsAdded: [...after].filter((name) => !before.has(name)),
    columnsDropped: [...before].filter((name) => !after.has(name)),
    changed: await changedColumns(one, other),
    classes: target !== null && before.has(target) && after.has(target) ? await countClasses(one, other, target) : [],
  };
}

function sideOf(library: LibraryPaths, version: DatasetVersion): Side {
  const origin = originColumn(library, version.id);
  return { version, table: `(SELECT ${origin} AS origin, * FROM ${literal(rowsFile(library, version.id))})` };
}

async function onlyIn({ table, version }: Side, other: Side): Promise<VersionComparison['added']> {
  const rest = `FROM ${table} AS one ANTI JOIN ${other.table} AS other USING (origin)`;
  const [[count] = []] = await queryRows(`SELECT count(*) ${rest}`);
  const shown = version.columns.flatMap((column, index) => (column.type === 'image' ? [] : [{ column, index }]));
  const cells = shown
    .slice(0, MOST_CHANGED)
    .map(({ column, index }) => short(`one.${identifier(`c${index}`)}`, column.type));
  const selected = ['origin', ...cells].join(', ');
  const rows = count === 0 ? [] : await queryRows(`SELECT ${selected} ${rest} ORDER BY origin LIMIT ${EXAMPLES}`);
  const examples = rows.map(([origin, ...values]) => ({
    origin: Number(origin),
    values: values.map((value, place) => {
      const { name = '', type = 'text' } = shown[place]?.column ?? {};
      return { column: name, value: told(type, value) };
    }),
  }));
  return { count: Number(count), examples };
}

/** A number, or a picture's place, as it is; of a text its beginning. */
function short(column: string, type: ColumnType): string {
  if (type === 'number' || type === 'image') return column;
  return `left(${column}, ${isListType(type) ? SHOWN_OF_LISTS : SHOWN})`;
}

/** Lists of labels in words. */
function told(type: ColumnType, value: Cell): Cell {
  return typeof value === 'string' && isListType(type) ? listWords(type, value).slice(0, SHOWN) : value;
}

async function changedColumns(one: Side, other: Side): Promise<VersionComparison['changed']> {
  const joined = `FROM ${one.table} AS one JOIN ${other.table} AS other USING (origin)`;
  const common = commonColumns(one.version, other.version);
  const counted: { column: Common; count: number }[] = [];
  for (let start = 0; start < common.length; start += COMPARED_AT_ONCE) {
    const columns = common.slice(start, start + COMPARED_AT_ONCE);
    const differ = columns.map(({ from, to }) => `count(*) FILTER (WHERE ${from} IS DISTINCT FROM ${to})`);
    const [counts = []] = await queryRows(`SELECT ${differ.join(', ')} ${joined}`);
    counted.push(...columns.map((column, place) => ({ column, count: Number(counts[place]) })));
  }
  const changed = counted.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  const told = changed.slice(0, MOST_CHANGED).map(({ column, count }) => describeColumn(joined, column, count));
  return Promise.all(told);
}

/** Columns that both have; of pictures and sounds only those of one blob, whose places in it can be compared. */
function commonColumns(from: DatasetVersion, to: DatasetVersion): Common[] {
  const places = new Map(to.columns.map((column, index) => [column.name, { column, index }]));
  return from.columns.flatMap((column, index) => {
    const found = places.get(column.name);
    const isOneBlob =
      found?.column.image?.blob === column.image?.blob && found?.column.audio?.blob === column.audio?.blob;
    if (!found || !isOneBlob) return [];
    const isOneType = (found.column.type === 'number') === (column.type === 'number');
    const cast = isOneType ? '' : '::VARCHAR';
    const sql = (side: string, place: number) => `${side}.${identifier(`c${place}`)}${cast}`;
    const type = isOneType ? column.type : 'text';
    return [{ name: column.name, from: sql('one', index), to: sql('other', found.index), type }];
  });
}

async function describeColumn(
  joined: string,
  { name, from, to, type }: Common,
  count: number,
): Promise<VersionComparison['changed'][number]> {
  const differ = `${joined} WHERE ${from} IS DISTINCT FROM ${to}`;
  const cells = `${short(from, type)} AS before, ${short(to, type)} AS after`;
  const pairs = await queryRows(
    `SELECT before, after, count(*) AS cells FROM (SELECT ${cells} ${differ}) GROUP BY ALL
     ORDER BY cells DESC, before, after LIMIT ${MOST_PAIRS}`,
  );
  const examples = await queryRows(`SELECT origin, ${cells} ${differ} ORDER BY origin LIMIT ${EXAMPLES}`);
  return {
    column: name,
    count,
    pairs: sameWords(
      pairs.map(([before = null, after = null, times]) => {
        return { from: told(type, before), to: told(type, after), count: Number(times) };
      }),
    ),
    examples: examples.map(([origin, before = null, after = null]) => {
      return { origin: Number(origin), from: told(type, before), to: told(type, after) };
    }),
  };
}

/** Lists that differ, as by where boxes lie, may read the same. */
function sameWords(
  pairs: VersionComparison['changed'][number]['pairs'],
): VersionComparison['changed'][number]['pairs'] {
  const counts = new Map<string, (typeof pairs)[number]>();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.from, pair.to]);
    counts.set(key, { ...pair, count: pair.count + (counts.get(key)?.count ?? 0) });
  }
  return [...counts.values()];
}

async function countClasses(one: Side, other: Side, target: string): Promise<VersionComparison['classes']> {
  const counts = ({ table, version }: Side) => {
    const column = identifier(`c${version.columns.findIndex(({ name }) => name === target)}`);
    return `SELECT ${column}::VARCHAR AS value, count(*) AS rows FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1`;
  };
  const found: Cell[][] = await queryRows(
    `SELECT coalesce(one.value, other.value) AS value, coalesce(one.rows, 0) AS before, coalesce(other.rows, 0) AS after
     FROM (${counts(one)}) AS one FULL JOIN (${counts(other)}) AS other ON one.value = other.value
     ORDER BY greatest(before, after) DESC, value LIMIT ${MOST_CLASSES}`,
  );
  return found.map(([value = null, before, after]) => ({ value, from: Number(before), to: Number(after) }));
}
