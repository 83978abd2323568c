/** A column that says which part of the split a row belongs to → the part of the version's file that is kept for that. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { execute } from './duckdb';
import type { ReadResult, SourceContext, SourceTarget } from './source';
import { literal } from './sql';

/**
 * Takes the last column off.
 * @param column its name. @param isGiven whether it is the split of the data; if not, it is dropped.
 */
export async function takeGivenSplit(
  read: ReadResult,
  column: string,
  isGiven: boolean,
  target: SourceTarget,
  context: SourceContext,
): Promise<ReadResult> {
  const place = read.columns.length - 1;
  if (read.columns[place]?.name !== column) throw new Error(`The last column is not ${column}`);
  const parted = join(target.work, 'parted.parquet');
  const kept = isGiven ? `, c${place} AS _split` : '';
  await execute(
    `COPY (SELECT * EXCLUDE (c${place})${kept} FROM ${literal(target.rows)} ORDER BY _index)
     TO ${literal(parted)} (FORMAT parquet, COMPRESSION zstd)`,
    context.signal,
  );
  await rename(parted, target.rows);
  return { ...read, columns: read.columns.slice(0, place), hasGivenSplit: isGiven };
}
