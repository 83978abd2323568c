/** Variants of one picture as training would see them, for people to look at. */
import { augmented, type Augmentation } from './augment';
import { stepRandom } from './step-random';
import type { TensorFlow } from './tf';

interface Pixels {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** uint8, `height·width·channels` per picture. */
  readonly pixels: Uint8Array;
}

/**
 * A training step's batch in which the first picture stands at every other place, and the others between, each as the next
 * of one: what mixes a picture with the next of its batch then shows it with another.
 * @returns float32 from 0 to 1, `count` variants of the first picture one after another.
 */
export function variantsOf(
  tf: TensorFlow,
  { height, width, channels, pixels }: Pixels,
  augmentation: Augmentation,
  { count, step }: { readonly count: number; readonly step: number },
): Float32Array {
  const size = height * width * channels;
  const order = previewOrder(pixels.length / size, count);
  const values = new Float32Array(order.length * size);
  for (const [place, picture] of order.entries()) {
    // Scaled as training scales its uint8 pixels.
    for (let i = 0; i < size; i++) values[place * size + i] = (pixels[picture * size + i] ?? 0) * (1 / 255);
  }
  const changed = tf.tidy(() => {
    const inputs = tf.tensor4d(values, [order.length, height, width, channels]);
    const examples = augmented(tf, { inputs, targets: [] }, augmentation, stepRandom(tf, step));
    return examples.inputs.dataSync<'float32'>().slice();
  });
  const variants = new Float32Array(count * size);
  for (let variant = 0; variant < count; variant++) {
    variants.set(changed.subarray(2 * variant * size, (2 * variant + 1) * size), variant * size);
  }
  return variants;
}

/** Which picture stands at each place of the batch: 0, 1, 0, 2, …; the first alone where there are no others. */
export function previewOrder(pictures: number, count: number): Int32Array {
  return Int32Array.from({ length: 2 * count }, (_, place) =>
    place % 2 === 0 || pictures < 2 ? 0 : 1 + (((place - 1) / 2) % (pictures - 1)),
  );
}
