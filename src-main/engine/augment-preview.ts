/** Variants of one picture, or of one sound's spectrogram, as training would see them, for people to look at. */
import { augmented, type Augmentation } from './augment';
import { stepRandom } from './step-random';
import type { TensorFlow } from './tf';

interface ShownExamples {
  /** `[height, width, channels]` of one; of a spectrogram frames, bands and 1. */
  readonly shape: readonly [number, number, number];
  /** As training takes them, one example after another: the first is the one that is shown. */
  readonly values: Float32Array;
}

/** uint8 pixels as training scales them. */
export function scaledPixels(pixels: Uint8Array): Float32Array {
  return Float32Array.from(pixels, (value) => value * (1 / 255));
}

/**
 * A training step's batch in which the first example stands at every other place, and the others between, each as the next
 * of one: what mixes an example with the next of its batch then shows it with another.
 * @returns `count` variants of the first example one after another.
 */
export function variantsOf(
  tf: TensorFlow,
  { shape, values }: ShownExamples,
  augmentation: Augmentation,
  { count, step }: { readonly count: number; readonly step: number },
): Float32Array {
  const size = shape[0] * shape[1] * shape[2];
  const order = previewOrder(values.length / size, count);
  const batch = new Float32Array(order.length * size);
  for (const [place, example] of order.entries()) {
    batch.set(values.subarray(example * size, (example + 1) * size), place * size);
  }
  const changed = tf.tidy(() => {
    const inputs = tf.tensor4d(batch, [order.length, ...shape]);
    const examples = augmented(tf, { inputs, targets: [] }, augmentation, stepRandom(tf, step));
    return examples.inputs.dataSync<'float32'>().slice();
  });
  const variants = new Float32Array(count * size);
  for (let variant = 0; variant < count; variant++) {
    variants.set(changed.subarray(2 * variant * size, (2 * variant + 1) * size), variant * size);
  }
  return variants;
}

/** Which example stands at each place of the batch: 0, 1, 0, 2, …; the first alone where there are no others. */
export function previewOrder(examples: number, count: number): Int32Array {
  return Int32Array.from({ length: 2 * count }, (_, place) =>
    place % 2 === 0 || examples < 2 ? 0 : 1 + (((place - 1) / 2) % (examples - 1)),
  );
}
