/** Ratings of a part of the data: who rated what, by code, and how high, in the person's unit. */
import { streamedInputs, residentInputs, type TrainingData } from '../training-data';
import { RatingsIndex, type RatingPlaces } from './ratings-index';

export interface Ratings {
  /** Codes, 0 where the user or the item is in no training row. */
  readonly users: Int32Array;
  readonly items: Int32Array;
  readonly values: Float32Array;
}

const rowsAtOnce = 8192;

/** Inputs of rows, some thousand at a time; each piece is good until the next. */
function* inputsOf(data: TrainingData, rows: Int32Array, width: number): Generator<Float32Array | Uint8Array> {
  const stored = streamedInputs(data);
  const whole = stored ? null : residentInputs(data);
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const piece = rows.subarray(start, start + rowsAtOnce);
    if (stored) yield stored.take(piece);
    else if (whole) {
      const values = new Float32Array(piece.length * width);
      for (const [at, row] of piece.entries()) values.set(whole.subarray(row * width, (row + 1) * width), at * width);
      yield values;
    }
  }
}

export function readRatings(data: TrainingData, places: RatingPlaces, rows: Int32Array): Ratings {
  const width = data.inputShape[0] ?? 1;
  const [users, items] = [new Int32Array(rows.length), new Int32Array(rows.length)];
  let at = 0;
  for (const values of inputsOf(data, rows, width)) {
    for (let from = 0; from < values.length; from += width, at++) {
      users[at] = values[from + places.user] ?? 0;
      items[at] = values[from + places.item] ?? 0;
    }
  }
  const { mean, standardDeviation } = data.targetScale;
  return {
    users,
    items,
    values: Float32Array.from(rows, (row) => (data.targets[row] ?? NaN) * standardDeviation + mean),
  };
}

/** Users and items of some rows; `row` in it counts within these. */
export function indexRatings(data: TrainingData, places: RatingPlaces, rows: Int32Array): RatingsIndex {
  const index = new RatingsIndex(data.inputShape[0] ?? 1, places);
  for (const values of inputsOf(data, rows, index.width)) index.add(values);
  return index;
}
