/** What each column holds, counted by DuckDB over a version's Parquet file: gaps, distinct values, spread, most frequent values. */
import type { Column } from '../contract';
import { queryRows, type Cell } from './duckdb';
import type { ReadColumn, SourceContext } from './source';
import { identifier, literal } from './sql';

const BINS = 20;
const MOST_CATEGORIES = 100;
const EXAMPLES = 5;

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
  const figures = isNumber ? `, min(${name}), max(${name}), avg(${name}), stddev_pop(${name})` : '';
  const [row = []] = await queryRows(
    `SELECT count(*) - count(${name}), count(DISTINCT ${name})${figures} FROM ${table}`,
  );
  const [missing, distinct, ...spread] = row;
  const isPlace = column.type === 'image' || column.type === 'audio';
  const examples = isPlace ? [] : await readExamples(table, name);
  const statistics = isNumber ? toStatistics(spread) : null;
  return {
    ...column,
    missing: Number(missing),
    distinct: Number(distinct),
    examples,
    statistics,
    histogram: statistics ? await readHistogram(table, name, statistics) : [],
    categories: column.type === 'category' ? await readCategories(table, name) : [],
  };
}

/** The first different values among the first thousand. */
async function readExamples(table: string, name: string): Promise<string[]> {
  const rows = await queryRows(`SELECT ${name} FROM ${table} WHERE ${name} IS NOT NULL ORDER BY _index LIMIT 1000`);
  return [...new Set(rows.map(([value]) => String(value)))].slice(0, EXAMPLES);
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
