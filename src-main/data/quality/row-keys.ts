/** 64-bit keys of whole rows, worked out by DuckDB, and how many would be equal by chance alone. */
import { streamColumns } from '../duckdb';
import { rowsFile } from '../paths';
import { identifier, literal } from '../sql';
import { twinsByKey, type Twins } from './duplicate-groups';
import type { QualityColumn, QualityData } from './quality-data';

/**
 * Rows that agree with an earlier one in these columns.
 * @param expression SQL of a column's cell as it is compared.
 */
export async function twinRows(
  data: QualityData,
  columns: readonly QualityColumn[],
  expression: (column: QualityColumn, name: string) => string,
  signal: AbortSignal,
): Promise<Twins> {
  const cells = columns.map((column) => expression(column, identifier(`c${column.index}`)));
  const hash = `hash(${cells.join(', ')})`;
  const table = literal(rowsFile(data.library, data.version.id));
  const [high, low] = [new Float64Array(data.rows), new Float64Array(data.rows)];
  const sql = `SELECT _index::DOUBLE, (${hash} >> 32)::DOUBLE, (${hash} & 4294967295)::DOUBLE FROM ${table}`;
  for await (const [indices = [], highs = [], lows = []] of streamColumns(sql, new Set([0, 1, 2]))) {
    signal.throwIfAborted();
    for (const [at, index] of indices.entries()) {
      high[Number(index)] = Number(highs[at]);
      low[Number(index)] = Number(lows[at]);
    }
  }
  return twinsByKey(high, low, () => false);
}

/**
 * Whether columns can take so few combinations of values that equal rows say nothing: with n rows and m combinations, n² / 2m
 * pairs are equal by chance alone, and columns that hang together make more.
 * @param distinct how many values a column takes.
 */
export function equalByChance(
  columns: readonly QualityColumn[],
  rows: number,
  distinct: (column: QualityColumn) => number,
): boolean {
  const combinations = columns.reduce((product, column) => product * Math.max(1, distinct(column)), 1);
  return combinations < 20 * rows * rows;
}
