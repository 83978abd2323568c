/**
 * What a column of text seems to hold. Rules, in this order, over the values that are not missing:
 * number — every value is a number (see missing.ts) and there are more than two, or not just 0 and 1;
 * date — every value is year-month-day (or with slashes), with or without a time;
 * category — at most 20 distinct values, or at most 5 % of the values and 1,000, none longer than 100 characters,
 * and some value occurs twice;
 * text — the rest. A person can correct each.
 */
import type { ColumnType } from '../contract';
import { queryRows } from './duckdb';
import { MISSING_WORDS, NUMBER_PATTERN } from './missing';
import { identifier, literal } from './sql';

const DATE_PATTERN =
  '[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9:]{4,6})?)?';

/** SQL for the value without surrounding spaces, NULL where it is missing. Most values need no trimming, which is slow. */
export function presentSql(column: string): string {
  const words = ['', ...MISSING_WORDS].map(literal).join(', ');
  const spaces = [' ', '\t', '\r', '\n'];
  const edges = spaces.map(literal).join(', ');
  const name = identifier(column);
  const isPadded = `left(${name}, 1) IN (${edges}) OR right(${name}, 1) IN (${edges})`;
  const trimmed = `CASE WHEN ${isPadded} THEN trim(${name}, ${literal(spaces.join(''))}) ELSE ${name} END`;
  const longest = Math.max(...MISSING_WORDS.map((word) => word.length));
  return `CASE WHEN strlen(${trimmed}) <= ${longest} AND lower(${trimmed}) IN (${words}) THEN NULL ELSE ${trimmed} END`;
}

/** The type of a column of clean text (as `presentSql` gives). Costly questions are asked only where cheap ones leave them open. */
export async function findType(table: string, column: string): Promise<ColumnType> {
  const [name, from] = [identifier(column), identifier(table)];
  const [row] = await queryRows(`SELECT count(${name}), approx_count_distinct(${name}), max(length(${name})),
    count(TRY_CAST(${name} AS DOUBLE)), coalesce(bool_and(${name} IN ('0', '1')), false)::INT FROM ${from}`);
  const [present = 0, roughly = 0, longest = 0, castable = 0, binary = 0] = (row ?? []).map(Number);
  const all = async (condition: string) => {
    const [[holds] = []] = await queryRows(`SELECT coalesce(bool_and(${condition}), false)::INT FROM ${from}`);
    return holds === 1;
  };
  const isNumber = async () =>
    castable === present &&
    (await all(`regexp_full_match(${name}, ${literal(NUMBER_PATTERN)}) AND abs(TRY_CAST(${name} AS DOUBLE)) <= 1e100`));
  const isDate = async () =>
    castable < present && longest <= 40 && (await all(`regexp_full_match(${name}, ${literal(DATE_PATTERN)})`));
  if (present === 0) return 'ignored';
  const distinct = roughly > 5000 ? roughly : await exactDistinct(name, from);
  if (binary === 1 && distinct === 2) return 'category';
  if (await isNumber()) return 'number';
  if (await isDate()) return 'date';
  const isFew = distinct <= 20 || (distinct <= 1000 && distinct <= present * 0.05);
  return isFew && longest <= 100 && (distinct < present || present <= 2) ? 'category' : 'text';
}

async function exactDistinct(name: string, from: string): Promise<number> {
  const [[count] = []] = await queryRows(`SELECT count(DISTINCT ${name}) FROM ${from}`);
  return Number(count);
}
