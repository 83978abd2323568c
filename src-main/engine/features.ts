/** What the frozen beginning of a network makes of rows, batch by batch, without training. */
import { isPretrained, type FrozenStart, type PretrainedSource } from '../catalog';
import type { TensorFlow } from './tf';
import { BatchCutter, batches, residentInputs, streamedInputs, type InputData } from './training-data';

/** Rows at once: larger batches are no faster, and their maps fill the memory. */
const ROWS = 32;

/**
 * @param data as it is prepared, without normalization: the frozen part has its own.
 * @param rows how many the data has.
 * @returns features of one batch of rows after the other, row after row: good until the next one is asked for.
 * @throws CodedError `pretrained-unreadable`
 */
export async function* frozenFeatures(
  tf: TensorFlow,
  { definition, values }: FrozenStart,
  pretrained: PretrainedSource,
  data: Omit<InputData, 'normalization'>,
  rows: number,
): AsyncGenerator<Float32Array> {
  const layer = definition.build(tf, values, { name: 'frozen', seed: 0, pretrained });
  try {
    layer.build([null, ...data.inputShape]);
    if (!isPretrained(layer)) throw new Error(`${definition.id} has no frozen part`);
    const order = Int32Array.from({ length: rows }, (_, row) => row);
    streamedInputs(data)?.expect(order, ROWS);
    const cutter = new BatchCutter({ ...data, inputs: residentInputs(data) ?? data.inputs });
    for (const batch of batches(order, ROWS)) {
      const features = tf.tidy(() => tf.keep(layer.frozenPart(cutter.inputs(tf, batch))));
      try {
        yield Float32Array.from(await features.data<'float32'>());
      } finally {
        features.dispose();
      }
    }
  } finally {
    // A layer that is in no network can't be disposed of itself.
    for (const weight of layer.weights) weight.dispose();
  }
}
