/** What tests of augmentations share: random numbers that are given, and one batch changed by them. */
import { augmentationOf, augmented } from './augment';
import type { Examples } from '../catalog';
import type { StepRandom } from '../catalog/step-seeded';
import type { FieldValues } from '../contract';
import type { TensorFlow } from './tf';

export type Chosen = readonly (readonly [type: string, fields?: FieldValues])[];

/** Gives these numbers, one list per call, over and over; normal ones alike. */
export function given(tf: TensorFlow, ...lists: readonly (readonly number[])[]): StepRandom {
  let calls = 0;
  const draw = (shape: readonly number[]) => {
    const list = lists[calls++] ?? [];
    const length = shape.reduce((product, side) => product * side, 1);
    return tf.tensor(
      Float32Array.from({ length }, (_, i) => list[i % list.length] ?? NaN),
      [...shape],
    );
  };
  return { uniform: draw, normal: draw };
}

/** Call inside `tf.tidy`. */
export function change(tf: TensorFlow, chosen: Chosen, examples: Examples, random: StepRandom, seed = 1): Examples {
  const augmentation = chosen.map(([type, fields = {}]) => ({ type, fields }));
  const found = augmentationOf({ augmentation, seed });
  return found ? augmented(tf, examples, found, random) : examples;
}

/** The values of pictures `[batch, height, width, channels]` after the change. */
export function changedPictures(
  tf: TensorFlow,
  chosen: Chosen,
  pictures: { readonly values: Float32Array; readonly shape: [number, number, number, number] },
  random: StepRandom,
): Float32Array {
  return tf.tidy(() => {
    const examples = { inputs: tf.tensor4d(pictures.values, pictures.shape), targets: [] };
    return change(tf, chosen, examples, random).inputs.dataSync<'float32'>().slice();
  });
}
