/**
 * How strongly each column goes together with the target, by sums that DuckDB makes in one pass over the file:
 * - two numbers: Pearson's r;
 * - numbers and groups: the correlation ratio η = √(Σ n_g (m_g − m)² / Σ (x − m)²), after Fisher (1925);
 * - two lists of categories: Cramér's V = √(χ² / (n · min(r − 1, c − 1))), after Cramér (1946), not corrected.
 */
import { tasks } from '../../catalog';
import type { ColumnType, DataSetup, DatasetVersion, Relation } from '../../contract';
import { effectiveType, findColumn } from '../columns';
import { queryRows } from '../duckdb';
import { rowsFile, type LibraryPaths } from '../paths';
import { identifier, literal } from '../sql';

/** Categories of a column beyond which each has too few rows to tell anything. */
const MOST_CATEGORIES = 1000;

interface Side {
  readonly sql: string;
  readonly isNumber: boolean;
}

/** @throws CodedError `column-missing`, `definition-unknown` */
export async function readRelations(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: DataSetup,
): Promise<Relation[]> {
  if (setup.target === '') return [];
  const { index, column } = findColumn(version, setup.target);
  const isOfClasses = setup.task === '' ? column.type !== 'number' : tasks.get(setup.task).target !== 'number';
  const target: Side = { sql: identifier(`c${index}`), isNumber: !isOfClasses && column.type === 'number' };
  const table = literal(rowsFile(library, version.id));
  const relations: Relation[] = [];
  for (const [place, each] of version.columns.entries()) {
    if (place === index) continue;
    const side = sideOf(effectiveType(each, setup), each.type, identifier(`c${place}`));
    const nothing = { column: each.name, measure: null, value: null, rows: 0 };
    if (!side) relations.push({ ...nothing, reason: 'type' });
    else if (!side.isNumber && each.distinct > Math.min(MOST_CATEGORIES, version.rowCount / 2))
      relations.push({ ...nothing, reason: 'many-values' });
    else relations.push({ column: each.name, ...(await measure(table, side, target)) });
  }
  return relations;
}

/** Null where a column is neither of numbers nor of categories. */
function sideOf(type: ColumnType, stored: ColumnType, sql: string): Side | null {
  if (type === 'number' && stored === 'number') return { sql, isNumber: true };
  return type === 'category' ? { sql, isNumber: false } : null;
}

function measure(table: string, side: Side, target: Side): Promise<Omit<Relation, 'column'>> {
  if (side.isNumber && target.isNumber) return pearson(table, side.sql, target.sql);
  if (side.isNumber) return correlationRatio(table, side.sql, target.sql);
  if (target.isNumber) return correlationRatio(table, target.sql, side.sql);
  return cramersV(table, side.sql, target.sql);
}

async function pearson(table: string, one: string, other: string): Promise<Omit<Relation, 'column'>> {
  const both = `${one} IS NOT NULL AND ${other} IS NOT NULL`;
  const [row = []] = await queryRows(
    `SELECT count(*), var_pop(${one}) > 0 AND var_pop(${other}) > 0, CASE WHEN var_pop(${one}) > 0 AND var_pop(${other}) > 0
      THEN corr(${one}, ${other}) END FROM ${table} WHERE ${both}`,
  );
  return answer('pearson', Number(row[0] ?? 0), typeof row[2] === 'number' ? row[2] : null);
}

async function correlationRatio(table: string, number: string, group: string): Promise<Omit<Relation, 'column'>> {
  const groups = await queryRows(
    `SELECT count(*), avg(${number}), var_pop(${number}) FROM ${table}
      WHERE ${number} IS NOT NULL AND ${group} IS NOT NULL GROUP BY ${group}`,
  );
  const sums = groups.map(([count, mean, variance]) => ({
    count: Number(count),
    mean: Number(mean),
    within: Number(count) * Number(variance),
  }));
  const rows = sums.reduce((sum, { count }) => sum + count, 0);
  const mean = sums.reduce((sum, each) => sum + each.count * each.mean, 0) / rows;
  const between = sums.reduce((sum, each) => sum + each.count * (each.mean - mean) ** 2, 0);
  const whole = between + sums.reduce((sum, { within }) => sum + within, 0);
  const canVary = sums.length > 1 && whole > 0;
  return answer('correlation-ratio', rows, canVary ? Math.sqrt(between / whole) : null);
}

async function cramersV(table: string, one: string, other: string): Promise<Omit<Relation, 'column'>> {
  const cells = await queryRows(
    `SELECT ${one}, ${other}, count(*) FROM ${table}
      WHERE ${one} IS NOT NULL AND ${other} IS NOT NULL GROUP BY 1, 2`,
  );
  const [rowSums, columnSums] = [new Map<unknown, number>(), new Map<unknown, number>()];
  let total = 0;
  for (const [row, column, cell] of cells) {
    const count = Number(cell);
    rowSums.set(row, (rowSums.get(row) ?? 0) + count);
    columnSums.set(column, (columnSums.get(column) ?? 0) + count);
    total += count;
  }
  const freedom = Math.min(rowSums.size, columnSums.size) - 1;
  if (freedom < 1) return answer('cramers-v', total, null);
  // χ²/n = Σ n²/(row sum · column sum) − 1, in which empty cells count nothing.
  const shares = cells.reduce(
    (sum, [row, column, cell]) => sum + Number(cell) ** 2 / ((rowSums.get(row) ?? 1) * (columnSums.get(column) ?? 1)),
    0,
  );
  return answer('cramers-v', total, Math.sqrt(Math.max(0, shares - 1) / freedom));
}

/** @param value null where one of the two does not vary. */
function answer(measure: Relation['measure'], rows: number, value: number | null): Omit<Relation, 'column'> {
  return { measure, rows, value, reason: value === null ? 'constant' : null };
}
