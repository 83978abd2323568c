/** How well rows are given back: by a network, and by the mean of the training rows, which looks at no input. */
import type * as tensorflow from '@tensorflow/tfjs';
import { squaredErrors } from '../catalog';
import { applyNetwork } from './apply-network';
import type { FinishedModel } from './evaluate';
import { evaluationRows } from './evaluation-rows';
import type { FitControl } from './fit-control';
import type { TensorFlow } from './tf';
import { BatchCutter, batches, evaluationBatch, type InputData } from './training-data';

/**
 * The mean of rows, number by number: what gives back the training rows best without looking at them.
 * @returns `size` values. @throws the control's reason where it is aborted.
 */
export async function meanExample(
  tf: TensorFlow,
  data: InputData,
  rows: Int32Array,
  control: FitControl,
): Promise<Float32Array> {
  const cutter = new BatchCutter(data);
  const sums = new Float64Array(data.inputShape.reduce((product, side) => product * side, 1));
  for (const piece of batches(rows, evaluationBatch)) {
    await control.between();
    const added = tf.tidy(() => tf.sum(cutter.inputs(tf, piece), 0).dataSync());
    for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (added[at] ?? NaN);
  }
  return Float32Array.from(sums, (sum) => sum / rows.length);
}

/** Mean squared errors, one per row. */
export interface RowErrors {
  readonly network: Float64Array;
  readonly baseline: Float64Array;
}

/**
 * @param mean as `meanExample` gives it.
 * @throws the control's reason where it is aborted.
 */
export async function reconstructionErrors(
  { tf, model }: FinishedModel,
  data: InputData,
  rows: Int32Array,
  mean: Float32Array,
  control: FitControl,
): Promise<RowErrors> {
  const cutter = new BatchCutter(data);
  const errors = { network: new Float64Array(rows.length), baseline: new Float64Array(rows.length) };
  let done = 0;
  for (const piece of batches(rows, evaluationRows(model))) {
    await control.between();
    tf.tidy(() => {
      const input = cutter.inputs(tf, piece);
      const output = applyNetwork(tf, { model, data }, input, false);
      const constant = tf.tile(tf.tensor2d(mean, [1, mean.length]), [piece.length, 1]);
      errors.network.set(squaredErrors(tf, input, output).dataSync(), done);
      errors.baseline.set(squaredErrors(tf, input, constant).dataSync(), done);
    });
    done += piece.length;
  }
  return errors;
}

/** Rows with what the network gives back of them. */
export interface Reconstructed {
  /** One per row. */
  readonly errors: Float32Array;
  /** `rows × size` each: as the network is compared with it, and what it gave. */
  readonly inputs: Float32Array;
  readonly outputs: Float32Array;
}

/** @param rows indices into `data`; few, as all that comes of them stays in memory. */
export function reconstruct({ tf, model }: FinishedModel, data: InputData, rows: Int32Array): Reconstructed {
  const read = (tensor: tensorflow.Tensor) => Float32Array.from(tensor.dataSync());
  return tf.tidy(() => {
    const input = new BatchCutter(data).inputs(tf, rows);
    const output = applyNetwork(tf, { model, data }, input, false);
    return { errors: read(squaredErrors(tf, input, output)), inputs: read(input), outputs: read(output) };
  });
}
