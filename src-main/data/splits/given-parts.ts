/** Parts that a column of the data gives to rows: by the words that name one, and what a person says of those that do not. */
import { partNamedBy } from '../../catalog';
import { CodedError, type GivenPart } from '../../contract';
import type { CodedColumn } from '../columns';
import { LEFT_OUT, TEST, TRAINING, VALIDATION } from '../part-codes';

const codes = { training: TRAINING, validation: VALIDATION, test: TEST, none: LEFT_OUT } as const;
/** A column with more values names no parts. */
const MOST_VALUES = 30;
/** Values told in an error. */
const TOLD = 8;

/**
 * @param said what the person says of values; the empty text is for cells without one, which train if it is not there.
 * @returns one part code per row.
 * @throws CodedError `split-values-too-many`, `split-values-unknown`
 */
export function readGivenParts(
  column: string,
  { codes: rowValues, names }: CodedColumn,
  said: Readonly<Record<string, GivenPart>>,
): Uint8Array {
  if (names.length > MOST_VALUES) {
    throw new CodedError('split-values-too-many', { column, count: names.length, most: MOST_VALUES });
  }
  const partFor = (value: string) => (Object.hasOwn(said, value) ? said[value] : partNamedBy(value)) ?? null;
  const unknown = names.filter((name) => partFor(name) === null);
  if (unknown.length > 0) {
    const values = unknown.slice(0, TOLD).join(', ') + (unknown.length > TOLD ? ', …' : '');
    throw new CodedError('split-values-unknown', { column, count: unknown.length, values });
  }
  const parts = names.map((name) => codes[partFor(name) ?? 'none']);
  const missing = codes[(Object.hasOwn(said, '') ? said[''] : undefined) ?? 'training'];
  return Uint8Array.from(rowValues, (value) => (value < 0 ? missing : (parts[value] ?? LEFT_OUT)));
}
