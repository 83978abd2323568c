/**
 * What a column of text seems to hold. Rules, in this order, over the values that are not missing:
 * number — every value is a number (see missing.ts) and there are more than two, or not just 0 and 1;
 * date — every value is year-month-day (or with slashes), with or without a time;
 * category — at most 20 distinct values, or at most 5 % of the values and 1,000, none longer than 100 characters,
 * and some value occurs twice;
 * text — the rest. A person can correct each.
 */
import type { ColumnType } from '../contract';
import type { ColumnScan } from './csv/values';
import { queryRows } from './duckdb';
import { identifier, literal } from './sql';

/** Beyond so many values a rough count of distinct ones is exact enough. */
const ROUGHLY = 5000;
/** As `ColumnScan.digits` has it. */
const ZERO_AND_ONE = 3;

/** Whether a column holds numbers, which are then stored as such. */
export function isNumeric(scan: ColumnScan): boolean {
  return scan.present > 0 && scan.numbers && scan.digits !== ZERO_AND_ONE;
}

/** @param file the Parquet file in which the column lies, as `isNumeric` says. */
export async function findType(scan: ColumnScan, file: string, column: string): Promise<ColumnType> {
  if (scan.present === 0) return 'ignored';
  if (isNumeric(scan)) return 'number';
  if (scan.digits === ZERO_AND_ONE) return 'category';
  if (scan.dates) return 'date';
  if (scan.longest > 100) return 'text';
  const distinct = await countDistinct(identifier(column), literal(file));
  const isFew = distinct <= 20 || (distinct <= 1000 && distinct <= scan.present * 0.05);
  return isFew && (distinct < scan.present || scan.present <= 2) ? 'category' : 'text';
}

async function countDistinct(name: string, from: string): Promise<number> {
  const [[roughly] = []] = await queryRows(`SELECT approx_count_distinct(${name}) FROM ${from}`);
  if (Number(roughly) > ROUGHLY) return Number(roughly);
  const [[exactly] = []] = await queryRows(`SELECT count(DISTINCT ${name}) FROM ${from}`);
  return Number(exactly);
}
