/** Training data with changed copies of its training rows behind all rows: a copy has the answer of its row. */
import { createHash } from 'node:crypto';
import { JoinedInputs } from '../../engine/joined-inputs';
import { rowCount, targetsAt, type Parts, type StoredInputs, type TrainingData } from '../../engine/training-data';

export function everyRow(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row);
}

/** Each row so many times, one after the other. */
export function repeated(rows: Int32Array, times: number): Int32Array {
  return Int32Array.from({ length: rows.length * times }, (_, place) => rows[Math.floor(place / times)] ?? -1);
}

/** Names rows in a key: another split has other copies. */
export function digestOf(rows: Int32Array): string {
  return createHash('sha256')
    .update(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength))
    .digest('hex');
}

/** Inputs of float32, in memory or in a file. */
type FloatInputs = Float32Array | StoredInputs;

/**
 * @param data of all rows. @param copies as many of each training row as `count`, in the order of the training rows.
 * @returns the data with the copies behind its rows, and the parts, of which the training one draws from them.
 */
export function withCopies(
  data: TrainingData & { readonly inputs: FloatInputs },
  parts: Parts,
  copies: FloatInputs,
  count: number,
): { readonly data: TrainingData; readonly parts: Parts } {
  const first = rowCount(data);
  const size = data.inputShape.reduce((product, side) => product * side, 1);
  const rows = repeated(parts.training, count);
  const { targets, targetWidth = 1, weights } = data;
  return {
    data: {
      ...data,
      inputs: new JoinedInputs([data.inputs, copies], first, size),
      targets:
        targets instanceof Int32Array
          ? Int32Array.from([...targets, ...rows.map((row) => targets[row] ?? -1)])
          : Float32Array.from([...targets, ...targetsAt(targets, targetWidth, rows)]),
      weights: weights && Float32Array.from([...weights, ...targetsAt(weights, 1, rows)]),
    },
    parts: { ...parts, copies: { first, count } },
  };
}
