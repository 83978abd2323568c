/** Rows that were gathered from many files → the Parquet file of a version, as `rowsFile` in paths.ts says. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ColumnType, SplitPart } from '../contract';
import { writeAsCsv, type CellValue } from './as-csv';
import { execute } from './duckdb';
import type { ReadColumn, ReadResult, SourceContext, SourceTarget } from './source';
import { identifier, literal } from './sql';
import { divides } from './tree-paths';

export interface GatheredRow {
  readonly values: readonly CellValue[];
  readonly part: SplitPart | null;
}

const sqlTypes: Partial<Record<ColumnType, string>> = { image: 'INTEGER', audio: 'INTEGER', number: 'DOUBLE' };

/**
 * @param columns in the order of the rows' values.
 * @returns what the source answers; the split counts as given where the parts divide the rows.
 */
export async function writeGathered(
  rows: readonly GatheredRow[],
  columns: readonly ReadColumn[],
  target: SourceTarget,
  context: SourceContext,
): Promise<ReadResult> {
  const parts = new Set(rows.map(({ part }) => part));
  const hasGivenSplit = divides(parts);
  const plain = join(target.work, 'gathered.csv');
  const names = columns.map((_, index) => `c${index}`);
  const lines = function* (): Generator<CellValue[]> {
    for (const [index, { values, part }] of rows.entries()) yield [index, ...values, part ?? 'training'];
  };
  await writeAsCsv(['_index', ...names, '_split'], lines(), plain, context);
  const typed = columns.map(({ type }, index) => `'c${index}': '${sqlTypes[type] ?? 'VARCHAR'}'`);
  const selected = ['_index', ...names, ...(hasGivenSplit ? ['_split'] : [])].map(identifier).join(', ');
  await execute(
    `COPY (SELECT ${selected} FROM read_csv(${literal(plain)}, auto_detect = false, header = true, delim = ',', quote = '"',
      escape = '"', nullstr = '', parallel = false, max_line_size = ${longestLine(rows)},
      columns = {'_index': 'INTEGER', ${typed.join(', ')}, '_split': 'VARCHAR'}) ORDER BY _index)
     TO ${literal(target.rows)} (FORMAT parquet, COMPRESSION zstd)`,
    context.signal,
  );
  await rm(plain);
  return { rowCount: rows.length, columns, hasGivenSplit, notes: [] };
}

/** Bytes that the longest row may take as CSV: every character may be four bytes, every quote two. */
function longestLine(rows: readonly GatheredRow[]): number {
  let longest = 0;
  for (const { values } of rows) {
    const characters = values.reduce<number>((sum, value) => sum + String(value ?? '').length + 3, 64);
    longest = Math.max(longest, characters);
  }
  return Math.max(2 << 20, 8 * longest);
}
