/** What each column holds, counted by DuckDB over a version's Parquet file: gaps, distinct values, spread, most frequent values. */
import type { Column } from '../contract';
import { queryRows, type Cell } from './duckdb';
import type { ReadColumn, SourceContext } from './source';
import { identifier, literal } from './sql';

const BINS = 20;
const MOST_CATEGORIES = 100;
const EXAMPLES = 5;
/** Of so many rows the examples are taken, and the way in which distinct values are counted is chosen. */
const FIRST_ROWS = 1000;
const SCALES = [1, 10, 100, 1000, 1e4, 1e5, 1e6];
/** Bits of the longest row of them: 16 MB. */
const MOST_BITS = 2 ** 27;
/** Whole numbers up to here are told apart by a double. */
const MOST_SURE = 2 ** 52;

/** @param file the Parquet file. */
export async function profileColumns(
  file: string,
  columns: readonly ReadColumn[],
  context: SourceContext,
): Promise<Column[]> {
  const profiled: Column[] = [];
  for (const [index, column] of columns.entries()) {
    context.signal.throwIfAborted();
    context.progress({ stage: 'profile', done: index, total: columns.length, unit: 'columns' });
    profiled.push(await profileColumn(literal(file), identifier(`c${index}`), column));
  }
  return profiled;
}

async function profileColumn(table: string, name: string, column: ReadColumn): Promise<Column> {
  const isPlace = column.type === 'image' || column.type === 'audio';
  const first = isPlace ? [] : await readFirst(table, name);
  if (column.type === 'number') return { ...column, categories: [], ...(await profileNumbers(table, name, first)) };
  const [[missing, distinct] = []] = await queryRows(
    `SELECT count(*) - count(${name}), count(DISTINCT ${name}) FROM ${table}`,
  );
  return {
    ...column,
    missing: Number(missing),
    distinct: Number(distinct),
    examples: examplesOf(first),
    statistics: null,
    histogram: [],
    categories: column.type === 'category' ? await readCategories(table, name) : [],
  };
}

type NumberFigures = Pick<Column, 'missing' | 'distinct' | 'examples' | 'statistics' | 'histogram'>;

async function profileNumbers(table: string, name: string, first: readonly Cell[]): Promise<NumberFigures> {
  // Parquet keeps both of each row group, so that they cost no reading.
  const [[minimum, maximum] = []] = await queryRows(`SELECT min(${name}), max(${name}) FROM ${table}`);
  const scale = scaleOf(first);
  const bits = scale === null ? null : countBits(name, { scale, minimum: Number(minimum), maximum: Number(maximum) });
  const distinct =
    scale === null ? `true, count(DISTINCT ${name})` : `bool_and(${isOnScale(name, scale)}), ${bits ?? 'NULL'}`;
  const [row = []] = await queryRows(
    `SELECT count(*) - count(${name}), ${distinct}, avg(${name}), stddev_pop(${name}) FROM ${table}`,
  );
  const [missing, isSound, counted, ...spread] = row;
  const statistics = toStatistics([minimum ?? null, maximum ?? null, ...spread]);
  const isCounted = isSound === 'true' && counted !== null;
  return {
    missing: Number(missing),
    distinct: isCounted || !statistics ? Number(counted) : await countDistinct(table, name),
    examples: examplesOf(first),
    statistics,
    histogram: statistics ? await readHistogram(table, name, statistics) : [],
  };
}

function examplesOf(first: readonly Cell[]): string[] {
  return [...new Set(first.map(String))].slice(0, EXAMPLES);
}

/** Present values of the first rows. */
async function readFirst(table: string, name: string): Promise<Cell[]> {
  const rows = await queryRows(
    `SELECT ${name} FROM ${table} WHERE ${name} IS NOT NULL ORDER BY _index LIMIT ${FIRST_ROWS}`,
  );
  return rows.map(([value]) => value ?? null);
}

/**
 * Numbers of few decimals are whole ones on a scale, and whole ones in a bounded range can be ticked off as bits, in a
 * quarter of the time that a table of all values takes. Those that repeat within the first rows are few, and counted
 * fastest by the dictionaries of the Parquet file.
 * @returns 1, 10, 100 …; null where the first values lie on no such scale.
 */
function scaleOf(first: readonly Cell[]): number | null {
  if (new Set(first).size <= first.length / 2) return null;
  return SCALES.find((scale) => first.every((value) => Math.round(Number(value) * scale) / scale === value)) ?? null;
}

function isOnScale(name: string, scale: number): string {
  return `round(${name} * ${scale}) / ${scale} = ${name}`;
}

/** SQL that ticks off every value's whole number on a scale; null where the range is too wide for that. */
function countBits(
  name: string,
  { scale, minimum, maximum }: { scale: number; minimum: number; maximum: number },
): string | null {
  const [from, to] = [Math.round(minimum * scale), Math.round(maximum * scale)];
  const isBounded = to - from < MOST_BITS && Math.abs(from) + Math.abs(to) < MOST_SURE;
  if (!isBounded) return null;
  return `bit_count(bitstring_agg(round(${name} * ${scale})::BIGINT, ${from - 1}, ${to + 1}))`;
}

async function countDistinct(table: string, name: string): Promise<number> {
  const [[distinct] = []] = await queryRows(`SELECT count(DISTINCT ${name}) FROM ${table}`);
  return Number(distinct);
}

function toStatistics([minimum, maximum, mean, standardDeviation]: readonly Cell[]): Column['statistics'] {
  if (typeof minimum !== 'number') return null;
  return { minimum, maximum: Number(maximum), mean: Number(mean), standardDeviation: Number(standardDeviation) };
}

/** Equal bins from minimum to maximum; the maximum falls in the last. One bin where all values are equal. */
async function readHistogram(
  table: string,
  name: string,
  { minimum, maximum }: { minimum: number; maximum: number },
): Promise<number[]> {
  const bins = maximum > minimum ? BINS : 1;
  const width = (maximum - minimum) / bins;
  const bin =
    width > 0 && Number.isFinite(width) ? `least(${bins - 1}, floor((${name} - (${minimum})) / ${width}))::INT` : '0';
  const rows = await queryRows(`SELECT ${bin} AS bin, count(*) FROM ${table} WHERE ${name} IS NOT NULL GROUP BY 1`);
  const counts = new Array<number>(bins).fill(0);
  for (const [at, count] of rows) counts[Number(at)] = Number(count);
  return counts;
}

async function readCategories(table: string, name: string): Promise<Column['categories']> {
  const rows = await queryRows(
    `SELECT ${name}, count(*) FROM ${table} WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MOST_CATEGORIES}`,
  );
  return rows.map(([value, count]) => ({ value: String(value), count: Number(count) }));
}
