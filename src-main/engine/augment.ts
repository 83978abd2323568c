/**
 * Random changes of examples while training, in the order in which they were chosen. Changes of place that follow one
 * another are put together into one resampling, so that a picture is blurred once and not by each of them.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import {
  augmentations,
  parseFields,
  type AugmentationDefinition,
  type Draws,
  type Examples,
  type Placement,
} from '../catalog';
import { seedFrom } from '../catalog/random';
import type { StepRandom } from '../catalog/step-seeded';
import type { TrainingSettings } from '../contract';
import { registerTransform } from './native-transform';
import { purpose } from './random';
import type { TensorFlow } from './tf';

/** The augmentations of a run with their values. */
export interface Augmentation {
  readonly seed: number;
  readonly chosen: readonly {
    readonly definition: AugmentationDefinition;
    readonly values: ReturnType<typeof parseFields>;
  }[];
}

/** @returns undefined where nothing is chosen. @throws CodedError `definition-unknown`, `field-invalid` */
export function augmentationOf({
  augmentation,
  seed,
}: Pick<TrainingSettings, 'augmentation' | 'seed'>): Augmentation | undefined {
  if (augmentation.length === 0) return undefined;
  const chosen = augmentation.map(({ type, fields }) => {
    const definition = augmentations.get(type);
    return { definition, values: parseFields(definition.fields, fields, definition.label.en) };
  });
  return { seed: seedFrom(seed, purpose.augmentation), chosen };
}

/** Changes of inputs alone, which can be made before training, and those that need the batch and its answers. */
export function splitByInputs(augmentation: Augmentation | undefined): {
  readonly ofInputs: Augmentation | undefined;
  readonly ofExamples: Augmentation | undefined;
} {
  const where = (isOfExamples: boolean) => {
    const chosen = augmentation?.chosen.filter(({ definition }) => (definition.kind === 'examples') === isOfExamples);
    return augmentation && chosen?.length ? { ...augmentation, chosen } : undefined;
  };
  return { ofInputs: where(false), ofExamples: where(true) };
}

/**
 * A batch as this step sees it. Call inside `tf.tidy`.
 * @param examples whose inputs are pictures, where pictures are to be changed.
 */
export function augmented(
  tf: TensorFlow,
  examples: Examples,
  { seed, chosen }: Augmentation,
  random: StepRandom,
): Examples {
  registerTransform(tf);
  let { inputs, targets } = examples;
  let place: Placement | null = null;
  for (const [position, { definition, values }] of chosen.entries()) {
    const draws = drawsOf(random, seedFrom(seed, position));
    if (definition.kind === 'geometry') {
      const [batch, height, width] = picturesOf(inputs).shape;
      const next = definition.placement(tf, values, draws, { batch, height, width });
      place = place ? combined(tf, place, next) : next;
      continue;
    }
    if (place) inputs = resampled(tf, picturesOf(inputs), place);
    place = null;
    if (definition.kind === 'pixels' || definition.kind === 'spectrograms')
      inputs = definition.change(tf, values, draws, picturesOf(inputs));
    else if (definition.kind === 'values' || definition.kind === 'codes')
      inputs = definition.change(tf, values, draws, inputs);
    else ({ inputs, targets } = definition.change(tf, values, draws, { inputs, targets }));
  }
  return { inputs: place ? resampled(tf, picturesOf(inputs), place) : inputs, targets };
}

/** `[batch, height, width, channels]`, a spectrogram's times down and bands across; settings are checked against the task before a run is made. */
function picturesOf(inputs: tensorflow.Tensor): tensorflow.Tensor4D {
  if (inputs.rank !== 4) throw new Error('Only pictures can be augmented as pictures');
  return inputs as tensorflow.Tensor4D;
}

/** Each call draws by a seed of its own. */
function drawsOf(random: StepRandom, seed: number): Draws {
  let drawn = 0;
  return {
    uniform: (shape) => random.uniform(shape, seedFrom(seed, drawn++)),
    normal: (shape) => random.normal(shape, seedFrom(seed, drawn++)),
  };
}

type Entries = Required<Placement>;

function complete(tf: TensorFlow, place: Placement): Entries {
  const [given] = Object.values(place);
  const count = given?.size ?? 1;
  const [zero, one] = [tf.zeros([count]).as1D(), tf.ones([count]).as1D()];
  return { xx: one, xy: zero, x: zero, yx: zero, yy: one, y: zero, ...place };
}

/** First `first`, then `second`: a pixel after both comes from where `first` takes what `second` points at. */
function combined(tf: TensorFlow, first: Placement, second: Placement): Placement {
  const [a, b] = [complete(tf, first), complete(tf, second)];
  const sum = (...products: [tensorflow.Tensor1D, tensorflow.Tensor1D][]) =>
    products
      .map(([one, other]) => tf.mul(one, other))
      .reduce((total, product) => tf.add(total, product))
      .as1D();
  return {
    xx: sum([a.xx, b.xx], [a.xy, b.yx]),
    xy: sum([a.xx, b.xy], [a.xy, b.yy]),
    x: tf.add(sum([a.xx, b.x], [a.xy, b.y]), a.x),
    yx: sum([a.yx, b.xx], [a.yy, b.yx]),
    yy: sum([a.yx, b.xy], [a.yy, b.yy]),
    y: tf.add(sum([a.yx, b.x], [a.yy, b.y]), a.y),
  };
}

/** Pictures read at other places, between pixels by bilinear interpolation; black (0) where there is no picture. */
function resampled(tf: TensorFlow, pictures: tensorflow.Tensor4D, place: Placement): tensorflow.Tensor4D {
  const [, height, width] = pictures.shape;
  const { xx, xy, x, yx, yy, y } = complete(tf, place);
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  // Places count from the centre, the kernel from the first pixel: x' = xx·(X − cx) + xy·(Y − cy) + x + cx.
  const moved = (own: tensorflow.Tensor1D, centre: number, byX: tensorflow.Tensor1D, byY: tensorflow.Tensor1D) =>
    tf.sub(tf.add(own, centre), tf.add(tf.mul(byX, centreX), tf.mul(byY, centreY))).as1D();
  const zero = tf.zerosLike(xx);
  const matrix = tf.stack([xx, xy, moved(x, centreX, xx, xy), yx, yy, moved(y, centreY, yx, yy), zero, zero], 1);
  const read = (some: tensorflow.Tensor4D, by: tensorflow.Tensor) =>
    tf.image.transform(some, by as tensorflow.Tensor2D, 'bilinear', 'constant', 0);
  if (tf.getBackend() === 'tensorflow') return read(pictures, matrix);
  // The JavaScript kernel (tfjs 4.22) does the first picture of a batch only.
  const [count] = pictures.shape;
  const [each, matrices] = [tf.split<tensorflow.Tensor4D>(pictures, count), tf.split(matrix, count)];
  return tf.concat(
    each.map((picture, index) => read(picture, matrices[index] ?? matrix)),
    0,
  );
}
