/**
 * Random numbers of a step, by (seed, step): from TensorFlow's stateless generator (Philox) on the native library, where
 * eager and compiled steps then draw the same; from our own generator elsewhere.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { generator, type Generator } from '../catalog/random';
import type { StepRandom } from '../catalog/step-seeded';
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
  const drawBy = (op: string) => (shape: readonly number[], seed: number) =>
    backend.executeSingleOutput(op, attributes, [
      tf.tensor1d([...shape], 'int32'),
      tf.stack([tf.scalar(seed, 'int32'), step]),
    ]);
  return { uniform: drawBy('StatelessRandomUniform'), normal: drawBy('StatelessRandomNormal') };
}

/** In [0, 1), with as many bits as a float32 holds exactly. */
const share = (next: Generator) => (next() >>> 8) / 2 ** 24;

/** Box and Muller (1958): of two uniform numbers one normal; the first is kept from 0, whose logarithm is infinite. */
const normal = (next: Generator) => Math.sqrt(-2 * Math.log(1 - share(next))) * Math.cos(2 * Math.PI * share(next));

/** For backends without stateless generators. @param step number of the step in the run. */
function javascriptRandom(tf: TensorFlow, step: number): StepRandom {
  const drawBy = (draw: (next: Generator) => number) => (shape: readonly number[], seed: number) => {
    const next = generator(seed, step);
    const length = shape.reduce((product, one) => product * one, 1);
    return tf.tensor(
      Float32Array.from({ length }, () => draw(next)),
      [...shape],
    );
  };
  return { uniform: drawBy(share), normal: drawBy(normal) };
}

/** The numbers of one step of an eager run. Call inside `tf.tidy`. @param step steps done before it. */
export function stepRandom(tf: TensorFlow, step: number): StepRandom {
  return tf.getBackend() === 'tensorflow' ? nativeRandom(tf, tf.scalar(step, 'int32')) : javascriptRandom(tf, step);
}
