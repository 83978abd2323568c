/** What each row counts in training, by a column of the data that the person chose for it. */
import { CodedError, type DatasetVersion } from '../contract';
import { findColumn, readNumbers, type SetupChoices } from './columns';
import type { LibraryPaths } from './paths';
import { isInPart, TRAINING } from './part-codes';
import type { DividedRows } from './target';

/**
 * Weights of all rows, divided by their mean over the training rows, so that the loss keeps its size.
 * @returns one per row, 0 for rows in no part; undefined where no column is chosen: all count the same.
 * @throws CodedError `weight-is-target`, `column-missing`, `weight-missing` and `weight-negative` naming the row as people
 *   count it, `weights-zero` where no training row would count
 */
export async function readWeights(
  library: LibraryPaths,
  version: DatasetVersion,
  { weightColumn: column, target }: Pick<SetupChoices, 'weightColumn' | 'target'>,
  rows: DividedRows,
): Promise<Float32Array | undefined> {
  if (column === undefined) return undefined;
  if (column === target) throw new CodedError('weight-is-target', { column });
  const values = await readNumbers(library, version, findColumn(version, column).index);
  let sum = 0;
  let count = 0;
  for (const [row, value] of values.entries()) {
    if (!isInPart(rows.parts[row])) continue;
    if (Number.isNaN(value)) throw new CodedError('weight-missing', { column, row: row + 1 });
    if (value < 0) throw new CodedError('weight-negative', { column, row: row + 1, value });
    if (rows.parts[row] !== TRAINING) continue;
    sum += value;
    count += 1;
  }
  if (sum === 0) throw new CodedError('weights-zero', { column });
  return Float32Array.from(values, (value, row) => (isInPart(rows.parts[row]) ? (value * count) / sum : 0));
}
