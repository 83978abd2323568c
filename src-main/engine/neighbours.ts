/**
 * How far examples lie from the nearest training examples, as the narrow middle of an auto-encoder sees them. A picture of few
 * strokes is given back well whatever it shows, so that its reconstruction error says little; whether anything like it was
 * seen in training does. Only the direction in which the middle points is compared (cosine similarity): its length goes with
 * how strong the strokes are.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { KeptNeighbours } from '../contract';
import { applyNetwork } from './apply-network';
import type { FinishedModel } from './evaluate';
import { evaluationRows } from './evaluation-rows';
import type { FitControl } from './fit-control';
import type { TensorFlow } from './tf';
import { BatchCutter, batches, type InputData } from './training-data';
import { ownWeights } from './weights';

/** Training examples that are kept at most, and bytes that they may take: of digits 640 KB. */
const mostKept = 10_000;
const mostBytes = 1_000_000;
/** Neighbours whose distances are averaged. Of 1 to 10 it hardly matters, of the examples that are kept it does. */
const nearest = 3;
/** Whole numbers of one byte stand for -1 to 1. */
const scale = 127;
const tiny = 1e-12;

/**
 * What later distances are measured from.
 * @param rows of training; of many, some at even distances are kept.
 * @throws the control's reason where it is aborted.
 */
export async function keepNeighbours(
  finished: Pick<FinishedModel, 'tf' | 'model'>,
  data: InputData,
  rows: Int32Array,
  control: FitControl,
): Promise<KeptNeighbours> {
  const layer = middleOf(finished.model);
  const perRow = widthOf(finished.model.getLayer(layer));
  const count = Math.min(rows.length, mostKept, Math.max(1, Math.floor(mostBytes / perRow)));
  const some = Int32Array.from({ length: count }, (_, at) => rows[Math.floor((at * rows.length) / count)] ?? -1);
  const codes = await codesOf(finished, layer, data, some, control);
  const width = codes.length / count;
  const deviations = deviationsOf(codes, width);
  const bytes = new Int8Array(codes.length);
  for (let from = 0; from < codes.length; from += width) {
    const scaled = deviations.map((deviation, at) => (codes[from + at] ?? NaN) / deviation);
    const length = Math.max(tiny, Math.hypot(...scaled));
    bytes.set(
      scaled.map((value) => Math.round((scale * value) / length)),
      from,
    );
  }
  return { layer, count, width, deviations, directions: Buffer.from(bytes.buffer).toString('base64') };
}

/**
 * The layer whose output is narrowest, of those that learn: the last one gives the example back and does not count.
 * @returns its name
 */
function middleOf(model: tensorflow.LayersModel): string {
  const learning = new Set(ownWeights(model));
  const able = model.layers.filter((layer) => layer.weights.some((weight) => learning.has(weight)));
  const [first, ...others] = able.length > 1 ? able.slice(0, -1) : able;
  if (!first) throw new Error('The network has nothing that learns');
  return others.reduce((best, layer) => (widthOf(layer) < widthOf(best) ? layer : best), first).name;
}

/** Numbers that a layer makes of one example. */
function widthOf({ outputShape }: tensorflow.layers.Layer): number {
  return (outputShape as tensorflow.Shape).reduce<number>((product, side) => product * (side ?? 1), 1);
}

/** Rows of numbers in the middle, one after the other. */
async function codesOf(
  { tf, model }: Pick<FinishedModel, 'tf' | 'model'>,
  layer: string,
  data: InputData,
  rows: Int32Array,
  control: FitControl,
): Promise<Float32Array> {
  const cutter = new BatchCutter(data);
  const encode = encoder(tf, model, layer, data);
  const pieces: Float32Array[] = [];
  for (const piece of batches(rows, evaluationRows(model))) {
    await control.between();
    pieces.push(tf.tidy(() => Float32Array.from(encode(cutter.inputs(tf, piece)).dataSync())));
  }
  const width = (pieces[0]?.length ?? 0) / Math.min(rows.length, evaluationRows(model));
  const codes = new Float32Array(rows.length * width);
  let offset = 0;
  for (const piece of pieces) {
    codes.set(piece, offset);
    offset += piece.length;
  }
  return codes;
}

/** @returns what makes `[batch, width]` of a batch of inputs. It shares the model's layers. */
function encoder(
  tf: TensorFlow,
  model: tensorflow.LayersModel,
  layer: string,
  data: Pick<InputData, 'normalization'>,
): (input: tensorflow.Tensor) => tensorflow.Tensor2D {
  const half = tf.model({ inputs: model.inputs, outputs: model.getLayer(layer).output });
  return (input) => {
    const code = applyNetwork(tf, { model: half, data }, input, false);
    return code.reshape([input.shape[0] ?? 0, -1]);
  };
}

/** Of each number of the middle; 1 where it never changes. */
function deviationsOf(codes: Float32Array, width: number): number[] {
  const count = codes.length / width;
  return Array.from({ length: width }, (_, at) => {
    let [sum, squares] = [0, 0];
    for (let place = at; place < codes.length; place += width) sum += codes[place] ?? NaN;
    const mean = sum / count;
    for (let place = at; place < codes.length; place += width) squares += ((codes[place] ?? NaN) - mean) ** 2;
    const deviation = Math.sqrt(squares / count);
    return deviation > 1e-6 ? deviation : 1;
  });
}

/**
 * A ready measure of distances; `dispose` lets go of what it holds.
 * @param leftOut how many of the nearest do not count: 1 for training rows, of which each would find itself.
 * @returns of each row the mean distance between two points on the sphere of directions: 0 for the same, 2 for the contrary.
 */
export function distanceMeasure(
  { tf, model }: Pick<FinishedModel, 'tf' | 'model'>,
  data: Pick<InputData, 'normalization'>,
  { layer, count, width, deviations, directions }: KeptNeighbours,
): { measure: (input: tensorflow.Tensor, leftOut?: number) => tensorflow.Tensor1D; dispose: () => void } {
  const bytes = Buffer.from(directions, 'base64');
  const kept = tf.tidy(() => {
    const values = Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length));
    return tf.keep(unit(tf, tf.tensor2d(values, [count, width])));
  });
  const encode = encoder(tf, model, layer, data);
  return {
    measure: (input, leftOut = 0) =>
      tf.tidy(() => {
        const own = unit(tf, tf.div(encode(input), tf.tensor1d(deviations)));
        const alike = tf.matMul(own, kept, false, true);
        const wanted = Math.min(count, nearest + leftOut);
        const from = Math.min(leftOut, wanted - 1);
        const { values } = tf.topk(alike, wanted);
        const near = values.slice([0, from], [-1, wanted - from]);
        return tf.mean(tf.sqrt(tf.relu(tf.sub(2, tf.mul(2, near)))), 1);
      }),
    dispose: () => kept.dispose(),
  };
}

function unit(tf: TensorFlow, rows: tensorflow.Tensor): tensorflow.Tensor2D {
  return tf.div(rows, tf.maximum(tf.norm(rows, 'euclidean', 1, true), tiny));
}

/** @returns the distances of rows. @throws the control's reason where it is aborted. */
export async function neighbourDistances(
  finished: Pick<FinishedModel, 'tf' | 'model'>,
  data: InputData,
  rows: Int32Array,
  neighbours: KeptNeighbours,
  { control, leftOut }: { readonly control: FitControl; readonly leftOut: number },
): Promise<Float64Array> {
  const { tf, model } = finished;
  const cutter = new BatchCutter(data);
  const distances = new Float64Array(rows.length);
  const { measure, dispose } = distanceMeasure(finished, data, neighbours);
  try {
    let done = 0;
    for (const piece of batches(rows, evaluationRows(model))) {
      await control.between();
      distances.set(
        tf.tidy(() => measure(cutter.inputs(tf, piece), leftOut).dataSync()),
        done,
      );
      done += piece.length;
    }
    return distances;
  } finally {
    dispose();
  }
}
