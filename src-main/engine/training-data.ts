/** Prepared data as the engine sees it, and batches cut from it. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Normalization } from '../catalog';
import type { Shape } from '../contract';
import type { TensorFlow } from './tf';

/** Inputs that lie in a file, one row like the other; see `data/row-file.ts`. */
export interface StoredInputs {
  readonly type: 'uint8' | 'float32';
  /** Whether they fit the share of memory that data may take: then they are read once and stay there. */
  readonly resident: boolean;
  /** All rows, row after row. */
  readAll(): Uint8Array | Float32Array;
  /** Tells the order in which `take` will ask, in batches of `batchRows`, so that it can be read ahead. */
  expect(order: Int32Array, batchRows: number): void;
  /** Some rows, row after row: a view that is good until the next call. */
  take(rows: Int32Array): Uint8Array | Float32Array;
}

export interface InputData {
  readonly inputShape: Shape;
  /** `rows × size` values, row after row; uint8 pixels are multiplied by `scale` on their way into a batch. */
  readonly inputs: Uint8Array | Float32Array | StoredInputs;
  readonly scale: number;
  /** By channel, what the network is given (input − mean) / deviation of; absent or null where it is the input itself. */
  readonly normalization?: Normalization | null;
}

export interface TrainingData extends InputData {
  /** One per row: a class index (int32), or a standardized number (float32). */
  readonly targets: Int32Array | Float32Array;
  /** Whether the network is to give its input back: what it is measured against is then the input as it lies in the data. */
  readonly isReconstructed?: boolean | undefined;
  /** How many numbers a row has among the targets; 1 if absent. */
  readonly targetWidth?: number | undefined;
  /** Puts standardized numbers back into the person's unit; mean 0 and deviation 1 for classes. */
  readonly targetScale: TargetScale;
  /** What each row's loss counts in training, on average 1; absent where all count the same. */
  readonly weights?: Float32Array | undefined;
}

export interface TargetScale {
  readonly mean: number;
  readonly standardDeviation: number;
}

/** What augmentation made of the training rows beforehand: `count` rows for each of them, one after the other, from `first` on. */
export interface Copies {
  readonly first: number;
  readonly count: number;
}

export interface Parts {
  readonly training: Int32Array;
  /** Rows that an epoch draws from in place of each training row; absent where it takes the row itself. */
  readonly copies?: Copies | undefined;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

type Values = Uint8Array | Float32Array;

/** Inputs that are too large for memory and come batch by batch, if these are. */
export function streamedInputs({ inputs }: InputData): StoredInputs | null {
  return ArrayBuffer.isView(inputs) || inputs.resident ? null : inputs;
}

/** Inputs that stay in memory: as they are, or read from their file; null where they are too large for it. */
export function residentInputs({ inputs }: InputData): Values | null {
  if (ArrayBuffer.isView(inputs)) return inputs;
  return inputs.resident ? inputs.readAll() : null;
}

export function inputType({ inputs }: InputData): 'uint8' | 'float32' {
  if (!ArrayBuffer.isView(inputs)) return inputs.type;
  return inputs instanceof Uint8Array ? 'uint8' : 'float32';
}

/**
 * Cuts batches in JavaScript: filling 128 × 784 values takes about 0.1 ms, less than a gather on the device and its index
 * tensor, and keeps pixels at one byte each. A batch is uploaded before the next is cut, so one array serves all.
 */
export class BatchCutter {
  readonly #data: InputData;
  readonly #size: number;
  #values = new Float32Array();

  constructor(data: InputData) {
    this.#data = data;
    this.#size = data.inputShape.reduce((product, size) => product * size, 1);
  }

  /** @returns float32 `[rows, ...inputShape]` */
  inputs(tf: TensorFlow, indices: Int32Array): tensorflow.Tensor {
    const { scale, inputShape } = this.#data;
    const size = this.#size;
    const { inputs, places } = this.#rowsIn(indices);
    if (this.#values.length !== indices.length * size) this.#values = new Float32Array(indices.length * size);
    const values = this.#values;
    for (let row = 0; row < indices.length; row++) {
      const from = (places ? (places[row] ?? 0) : row) * size;
      const to = row * size;
      if (inputs instanceof Float32Array && scale === 1) values.set(inputs.subarray(from, from + size), to);
      else for (let i = 0; i < size; i++) values[to + i] = (inputs[from + i] ?? NaN) * scale;
    }
    return tf.tensor(values, [indices.length, ...inputShape], 'float32');
  }

  /** Where the rows lie: at their places among all, or alone and in their order. */
  #rowsIn(indices: Int32Array): { readonly inputs: Values; readonly places: Int32Array | null } {
    const { inputs } = this.#data;
    return ArrayBuffer.isView(inputs) ? { inputs, places: indices } : { inputs: inputs.take(indices), places: null };
  }
}

/** How many rows the data has, whether or not they are in a part. */
export function rowCount({ targets, targetWidth = 1 }: Pick<TrainingData, 'targets' | 'targetWidth'>): number {
  return targets.length / targetWidth;
}

/**
 * @param input of the same rows, as `BatchCutter` gives it.
 * @returns int32 `[rows]` of class indices, or float32 `[rows, width]` of numbers; the input itself where that is given back.
 */
export function batchTargets(
  tf: TensorFlow,
  { targets, targetWidth = 1, isReconstructed }: Pick<TrainingData, 'targets' | 'targetWidth' | 'isReconstructed'>,
  indices: Int32Array,
  input: tensorflow.Tensor,
): tensorflow.Tensor {
  if (isReconstructed) return input;
  if (targets instanceof Int32Array) {
    return tf.tensor1d(
      indices.map((row) => targets[row] ?? -1),
      'int32',
    );
  }
  return tf.tensor2d(targetsAt(targets, targetWidth, indices), [indices.length, targetWidth], 'float32');
}

/** @returns `rows × width` numbers, row after row. */
export function targetsAt(targets: ArrayLike<number>, width: number, rows: Int32Array): Float32Array {
  const found = new Float32Array(rows.length * width);
  for (let at = 0; at < found.length; at++) {
    found[at] = targets[(rows[Math.floor(at / width)] ?? -1) * width + (at % width)] ?? NaN;
  }
  return found;
}

/** @returns float32 `[rows]`; undefined where all rows count the same. */
export function batchWeights(
  tf: TensorFlow,
  { weights }: TrainingData,
  indices: Int32Array,
): tensorflow.Tensor1D | undefined {
  return weights && tf.tensor1d(Float32Array.from(indices, (row) => weights[row] ?? NaN));
}

/** Rows per batch where nothing is trained: large enough for speed, small enough for memory. */
export const evaluationBatch = 512;

/** Rows in pieces of `size`, the last one smaller where they do not fit. */
export function* batches(indices: Int32Array, size: number): Generator<Int32Array> {
  for (let start = 0; start < indices.length; start += size) yield indices.subarray(start, start + size);
}
