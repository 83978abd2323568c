/** What the frozen beginning of a network makes of rows, batch by batch, without training. */
import type * as tensorflow from '@tensorflow/tfjs';
import { isPretrained, type FrozenStart, type PretrainedLayer, type PretrainedSource } from '../catalog';
import { augmented, type Augmentation } from './augment';
import { stepRandom } from './step-random';
import type { TensorFlow } from './tf';
import { BatchCutter, batches, residentInputs, streamedInputs, type InputData } from './training-data';

/** Rows at once: larger batches are no faster, and their maps fill the memory. */
const ROWS = 32;
/** Rows that are put in the order of their lengths before they are cut into batches. */
const SORTED_ROWS = 256;

/**
 * @param data as it is prepared, without normalization: the frozen part has its own.
 * @param rows of the data, in the order of their features; a row may come several times.
 * @param augmentation changes of inputs, for each row that comes drawn by its seed and the row's place: what the frozen
 * part sees then.
 * @returns features of some rows after the other, row after row: good until the next ones are asked for.
 * @throws CodedError `pretrained-unreadable`
 */
export async function* frozenFeatures(
  tf: TensorFlow,
  { definition, values, shape }: FrozenStart,
  pretrained: PretrainedSource,
  data: Omit<InputData, 'normalization'>,
  rows: Int32Array,
  augmentation?: Augmentation,
): AsyncGenerator<Float32Array> {
  const layer = definition.build(tf, values, { name: 'frozen', seed: 0, pretrained });
  try {
    layer.build([null, ...data.inputShape]);
    if (!isPretrained(layer)) throw new Error(`${definition.id} has no frozen part`);
    const size = shape.reduce((product, side) => product * side, 1);
    const some = layer.stepsOf ? SORTED_ROWS : ROWS;
    streamedInputs(data)?.expect(rows, some);
    const cutter = new BatchCutter({ ...data, inputs: residentInputs(data) ?? data.inputs });
    for (const [step, batch] of [...batches(rows, some)].entries()) {
      const inputs = () => {
        const plain = cutter.inputs(tf, batch);
        if (!augmentation) return plain;
        return augmented(tf, { inputs: plain, targets: [] }, augmentation, stepRandom(tf, step)).inputs;
      };
      yield layer.stepsOf
        ? await byLength(tf, layer, layer.stepsOf, inputs, size)
        : await valuesOf(tf, () => layer.frozenPart(inputs()));
    }
  } finally {
    // A layer that is in no network can't be disposed of itself.
    for (const weight of layer.weights) weight.dispose();
  }
}

async function valuesOf(tf: TensorFlow, make: () => tensorflow.Tensor): Promise<Float32Array> {
  const made = tf.tidy(() => tf.keep(make()));
  try {
    return Float32Array.from(await made.data<'float32'>());
  } finally {
    made.dispose();
  }
}

/**
 * Rows of alike lengths together, without what is padding in all of them.
 * @param make `[rows, steps]`. @param size values of one row's features.
 * @returns features in the order of the rows; what was not computed for padding is zero.
 */
async function byLength(
  tf: TensorFlow,
  layer: PretrainedLayer,
  stepsOf: NonNullable<PretrainedLayer['stepsOf']>,
  make: () => tensorflow.Tensor,
  size: number,
): Promise<Float32Array> {
  let steps = 0;
  const given = await valuesOf(tf, () => {
    const inputs = make();
    steps = inputs.shape[1] ?? 0;
    return inputs;
  });
  const lengths = Array.from({ length: given.length / steps }, (_, row) => {
    return stepsOf(given.subarray(row * steps, (row + 1) * steps));
  });
  const order = Int32Array.from(lengths.keys()).sort((one, other) => (lengths[one] ?? 0) - (lengths[other] ?? 0));
  const features = new Float32Array(lengths.length * size);
  for (const rows of batches(order, ROWS)) {
    const longest = Math.max(1, lengths[rows.at(-1) ?? 0] ?? 0);
    const cut = new Float32Array(rows.length * longest);
    for (const [at, row] of rows.entries()) {
      cut.set(given.subarray(row * steps, row * steps + longest), at * longest);
    }
    const made = await valuesOf(tf, () => layer.frozenPart(tf.tensor2d(cut, [rows.length, longest])));
    const width = made.length / rows.length;
    for (const [at, row] of rows.entries()) features.set(made.subarray(at * width, (at + 1) * width), row * size);
  }
  return features;
}
