/**
 * Random numbers of a step, by (seed, step): from TensorFlow's stateless generator (Philox) on the native library, where
 * eager and compiled steps then draw the same; from our own generator elsewhere.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { generator } from '../catalog/random';
import { isStepSeeded, type StepRandom } from '../catalog/step-seeded';
import type { TensorFlow } from './tf';

/** What is used of tfjs-node's backend here. */
interface NativeBackend {
  executeSingleOutput(name: string, attributes: unknown[], inputs: tensorflow.Tensor[]): tensorflow.Tensor;
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_FLOAT: number; readonly TF_INT32: number };
}

/** @param step int32 scalar; a placeholder's stand-in while a step is recorded. */
export function nativeRandom(tf: TensorFlow, step: tensorflow.Scalar): StepRandom {
  const backend = tf.backend() as unknown as NativeBackend;
  const { TF_ATTR_TYPE, TF_FLOAT, TF_INT32 } = backend.binding;
  const attributes = [
    { name: 'dtype', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'T', type: TF_ATTR_TYPE, value: TF_INT32 },
    { name: 'Tseed', type: TF_ATTR_TYPE, value: TF_INT32 },
  ];
  return {
    uniform: (shape, seed) =>
      backend.executeSingleOutput('StatelessRandomUniform', attributes, [
        tf.tensor1d([...shape], 'int32'),
        tf.stack([tf.scalar(seed, 'int32'), step]),
      ]),
  };
}

/** For backends without stateless generators. @param step number of the step in the run. */
function javascriptRandom(tf: TensorFlow, step: number): StepRandom {
  return {
    uniform(shape, seed) {
      const next = generator(seed, step);
      const size = shape.reduce((product, one) => product * one, 1);
      return tf.tensor(
        Float32Array.from({ length: size }, () => (next() >>> 8) / 2 ** 24),
        [...shape],
      );
    },
  };
}

/** Hands the step's random numbers to every layer that draws. Call inside `tf.tidy`. */
export function setStepRandom(tf: TensorFlow, model: tensorflow.LayersModel, step: number): void {
  const drawing = model.layers.filter(isStepSeeded);
  if (drawing.length === 0) return;
  const random =
    tf.getBackend() === 'tensorflow' ? nativeRandom(tf, tf.scalar(step, 'int32')) : javascriptRandom(tf, step);
  for (const layer of drawing) layer.setRandom(random);
}
