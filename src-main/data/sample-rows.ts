/** A few training rows from all over a version, whatever order its rows are in. */
import { CodedError, type DataSetup, type DatasetVersion } from '../contract';
import type { LibraryPaths } from './paths';
import { TRAINING } from './split';
import { divideRows, type DividedRows } from './target';

/** Multiples of the golden ratio, without their whole parts, fall far from all those before (Weyl's sequence). */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

export interface SampleRows {
  /** Row indices; those after the first are others than it, fewer where there are no more. */
  readonly rows: number[];
  /** Class of the first, or its number as text. */
  readonly label: string;
}

/**
 * @param first number of the sample in an endless sequence. @param count rows in all, those of the numbers that follow.
 * @throws CodedError as `divideRows`; `split-without-training`
 */
export async function sampleRows(
  library: LibraryPaths,
  version: DatasetVersion,
  setup: DataSetup,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<SampleRows> {
  const divided = await divideRows(library, version, setup);
  const training = trainingRows(divided);
  const at = (number: number) => training[Math.floor(((number * GOLDEN) % 1) * training.length)];
  const own = at(first);
  if (own === undefined) throw new CodedError('split-without-training');
  const others = Array.from({ length: count - 1 }, (_, i) => at(first + 1 + i)).filter((row) => row !== undefined);
  return { rows: [own, ...others.filter((row) => row !== own)], label: labelOf(divided, own) };
}

function trainingRows({ parts }: DividedRows): Int32Array {
  const rows = new Int32Array(parts.length);
  let count = 0;
  for (let row = 0; row < parts.length; row++) if (parts[row] === TRAINING) rows[count++] = row;
  return rows.subarray(0, count);
}

function labelOf({ target, classes, numbers }: DividedRows, row: number): string {
  if (target.kind === 'number') return String(numbers[row] ?? '');
  return target.kind === 'classes' ? (target.classes[classes[row] ?? -1] ?? '') : '';
}
