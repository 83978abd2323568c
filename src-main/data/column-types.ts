/**
 * What a column of text seems to hold. Rules, in this order, over the values that are not missing:
 * number — every value is a number (see missing.ts) and there are more than two, or not just 0 and 1;
 * date — every value is a day with its year (2024-12-31, 31/12/2024, Dec 31, 2024), with or without a time, or a month or quarter of
 * a year;
 * category — at most 20 distinct values, or at most 5 % of the values and 1,000, none longer than 100 characters,
 * and some value occurs twice;
 * text — the rest. A person can correct each.
 */
import type { ColumnType } from '../contract';
import type { ColumnScan } from './csv/values';
import { queryRows } from './duckdb';
import { identifier, literal } from './sql';

const MOST_CATEGORIES = 1000;
/** Rows that are asked before all are. */
const FIRST_ROWS = 65_536;
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
  const isFew = distinct <= 20 || (distinct <= MOST_CATEGORIES && distinct <= scan.present * 0.05);
  return isFew && (distinct < scan.present || scan.present <= 2) ? 'category' : 'text';
}

/** Exactly, unless the first rows alone have more than a category may. */
async function countDistinct(name: string, from: string): Promise<number> {
  const [[first] = []] = await queryRows(
    `SELECT count(DISTINCT value) FROM (SELECT ${name} AS value FROM ${from} LIMIT ${FIRST_ROWS})`,
  );
  if (Number(first) > MOST_CATEGORIES) return Number(first);
  const [[exactly] = []] = await queryRows(`SELECT count(DISTINCT ${name}) FROM ${from}`);
  return Number(exactly);
}
