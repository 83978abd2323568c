/** What the frozen beginning of a network makes of rows, batch by batch, without training. */
import { isPretrained, type Examples, type FrozenStart, type PretrainedSource } from '../catalog';
import { augmented, type Augmentation } from './augment';
import { stepRandom } from './step-random';
import type { TensorFlow } from './tf';
import { BatchCutter, batches, residentInputs, streamedInputs, type InputData } from './training-data';

/** Rows at once: larger batches are no faster, and their maps fill the memory. */
const ROWS = 32;

/**
 * @param data as it is prepared, without normalization: the frozen part has its own.
 * @param rows of the data, in the order of their features; a row may come several times.
 * @param augmentation changes of pictures, for each row that comes drawn by its seed and the row's place: what the frozen
 * part sees then.
 * @returns features of one batch of rows after the other, row after row: good until the next one is asked for.
 * @throws CodedError `pretrained-unreadable`
 */
export async function* frozenFeatures(
  tf: TensorFlow,
  { definition, values }: FrozenStart,
  pretrained: PretrainedSource,
  data: Omit<InputData, 'normalization'>,
  rows: Int32Array,
  augmentation?: Augmentation,
): AsyncGenerator<Float32Array> {
  const layer = definition.build(tf, values, { name: 'frozen', seed: 0, pretrained });
  try {
    layer.build([null, ...data.inputShape]);
    if (!isPretrained(layer)) throw new Error(`${definition.id} has no frozen part`);
    streamedInputs(data)?.expect(rows, ROWS);
    const cutter = new BatchCutter({ ...data, inputs: residentInputs(data) ?? data.inputs });
    for (const [step, batch] of [...batches(rows, ROWS)].entries()) {
      const features = tf.tidy(() => {
        const plain: Examples = { inputs: cutter.inputs(tf, batch), targets: [] };
        const { inputs } = augmentation ? augmented(tf, plain, augmentation, stepRandom(tf, step)) : plain;
        return tf.keep(layer.frozenPart(inputs));
      });
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
