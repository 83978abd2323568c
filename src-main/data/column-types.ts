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

/** SQL for the value without surrounding spaces, NULL where it is missing. */
export function presentSql(column: string): string {
  const words = ['', ...MISSING_WORDS].map(literal).join(', ');
  const trimmed = `trim(${identifier(column)}, ${literal(' \t\r\n')})`;
  return `CASE WHEN lower(${trimmed}) IN (${words}) THEN NULL ELSE ${trimmed} END`;
}

export interface FoundType {
  readonly type: ColumnType;
  /** Count of values that stand for "missing" by a word, as NA. */
  readonly missingWords: number;
}

/** Looks at column `column` of table `table`, all of text. */
export async function findType(table: string, column: string): Promise<FoundType> {
  const [row] = await queryRows(`
    WITH v AS (SELECT ${identifier(column)} AS raw, ${presentSql(column)} AS value FROM ${identifier(table)})
    SELECT count(value), count(DISTINCT value), max(length(value)),
      coalesce(bool_and(regexp_full_match(value, ${literal(NUMBER_PATTERN)}) AND abs(TRY_CAST(value AS DOUBLE)) <= 1e100), false)::INT,
      coalesce(bool_and(regexp_full_match(value, ${literal(DATE_PATTERN)})), false)::INT,
      coalesce(bool_and(value IN ('0', '1')), false)::INT,
      count(*) FILTER (value IS NULL AND trim(raw) <> '')
    FROM v`);
  const [present, distinct, longest, numeric, dates, binary, missingWords] = (row ?? []).map(Number);
  const facts = { present, distinct, longest, numeric, dates, binary };
  return { type: typeOf(facts), missingWords: missingWords ?? 0 };
}

function typeOf(
  facts: Partial<Record<'present' | 'distinct' | 'longest' | 'numeric' | 'dates' | 'binary', number>>,
): ColumnType {
  const { present = 0, distinct = 0, longest = 0 } = facts;
  if (present === 0) return 'ignored';
  if (facts.binary === 1 && distinct === 2) return 'category';
  if (facts.numeric === 1) return 'number';
  if (facts.dates === 1) return 'date';
  const isFew = distinct <= 20 || (distinct <= 1000 && distinct <= present * 0.05);
  return isFew && longest <= 100 && (distinct < present || present <= 2) ? 'category' : 'text';
}
