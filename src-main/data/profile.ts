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
  const isNumber = column.type === 'number';
  const isPlace = column.type === 'image' || column.type === 'audio';
  const first = isPlace ? [] : await readFirst(table, name);
  const scale = isNumber ? scaleOf(first) : null;
  const figures = isNumber ? `, min(${name}), max(${name}), avg(${name}), stddev_pop(${name})` : '';
  const distinct = scale === null ? `count(DISTINCT ${name})` : `bool_and(${isOnScale(name, scale)})`;
  const [row = []] = await queryRows(`SELECT count(*) - count(${name}), ${distinct}${figures} FROM ${table}`);
  const [missing, counted, ...spread] = row;
  const statistics = isNumber ? toStatistics(spread) : null;
  return {
    ...column,
    missing: Number(missing),
    distinct:
      scale === null || statistics === null
        ? Number(counted)
        : await countNumbers(table, name, { scale: counted === 'true' ? scale : null, ...statistics }),
    examples: [...new Set(first.map(String))].slice(0, EXAMPLES),
    statistics,
    histogram: statistics ? await readHistogram(table, name, statistics) : [],
    categories: column.type === 'category' ? await readCategories(table, name) : [],
  };
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

/** Exactly, in either way. @param scale on which all values lie, so that each has a whole number of its own; null where there is none. */
async function countNumbers(
  table: string,
  name: string,
  { scale, minimum, maximum }: { scale: number | null; minimum: number; maximum: number },
): Promise<number> {
  const [from, to] = [Math.round(minimum * (scale ?? 1)), Math.round(maximum * (scale ?? 1))];
  const isBounded = scale !== null && to - from < MOST_BITS && Math.abs(from) + Math.abs(to) < MOST_SURE;
  const count = isBounded
    ? `bit_count(bitstring_agg(round(${name} * ${scale})::BIGINT, ${from - 1}, ${to + 1}))`
    : `count(DISTINCT ${name})`;
  const [[distinct] = []] = await queryRows(`SELECT ${count} FROM ${table}`);
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
