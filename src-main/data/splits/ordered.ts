/**
 * A split in the order of time, or of any number: what a network is trained on comes before what it is tested on, as it will
 * when it is used. Equal values are never parted. A row without a value trains: when it was is not known, so that it is
 * no fair test.
 */
import { CodedError } from '../../contract';
import { NO_PART, TEST, TRAINING, VALIDATION } from '../part-codes';

export interface RowOrder {
  /** Null where the order is that of the rows. */
  readonly column: string | null;
  /** What orders each row, NaN where it has none. */
  readonly values: ArrayLike<number>;
}

/**
 * Each boundary is the one between two values that is nearest to the share, the earlier on a tie, so that no part is empty.
 * @returns one part code per row.
 * @throws CodedError `split-order-too-few` where there are fewer values than parts
 */
export function assignOrdered(
  shares: { readonly validation: number; readonly test: number },
  classes: Int32Array,
  { column, values }: RowOrder,
): Uint8Array {
  const parts = Uint8Array.from(classes, (code) => (code < 0 ? NO_PART : TRAINING));
  const valueOf = (row: number) => values[row] ?? Number.NaN;
  const rows = Int32Array.from(classes.keys()).filter((row) => parts[row] !== NO_PART && !Number.isNaN(valueOf(row)));
  rows.sort((one, other) => valueOf(one) - valueOf(other) || one - other);
  const starts = Int32Array.from(rows.keys()).filter(
    (at) => at === 0 || valueOf(rows[at] ?? 0) !== valueOf(rows[at - 1] ?? 0),
  );
  const wanted = 1 + Number(shares.validation > 0) + Number(shares.test > 0);
  if (starts.length < wanted) {
    throw new CodedError('split-order-too-few', { column: column ?? '', values: starts.length, parts: wanted });
  }
  const [testAt, testStart] =
    shares.test > 0
      ? nearest(starts, wanted - 1, starts.length - 1, rows.length * (1 - shares.test))
      : [starts.length, rows.length];
  const validationStart =
    shares.validation > 0
      ? nearest(starts, 1, testAt - 1, testStart - Math.round(rows.length * shares.validation))[1]
      : testStart;
  for (const row of rows.subarray(validationStart, testStart)) parts[row] = VALIDATION;
  for (const row of rows.subarray(testStart)) parts[row] = TEST;
  return parts;
}

/** The place and value, among the ascending `starts[first]` to `starts[last]`, nearest to `wanted`. */
function nearest(starts: Int32Array, first: number, last: number, wanted: number): [place: number, start: number] {
  let best = first;
  const distance = (place: number) => Math.abs((starts[place] ?? 0) - wanted);
  for (let place = first + 1; place <= last; place += 1) if (distance(place) < distance(best) - 1e-9) best = place;
  return [best, starts[best] ?? 0];
}
