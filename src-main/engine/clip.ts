/** Gradients kept short before the update (Pascanu et al. 2013), the same in eager and recorded steps. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Clipping } from '../contract';
import type { TensorFlow } from './tf';

/**
 * `norm`: g ← g · limit / max(limit, √Σ‖g‖²) over all gradients together; `value`: each number cut to ±limit. Call inside
 * `tf.tidy`.
 * @param gradients by variable name.
 */
export function clipped(
  tf: TensorFlow,
  gradients: tensorflow.NamedTensorMap,
  { kind, limit }: Clipping,
): tensorflow.NamedTensorMap {
  const entries = Object.entries(gradients);
  if (kind === 'none' || entries.length === 0) return gradients;
  if (kind === 'value') {
    return Object.fromEntries(entries.map(([name, gradient]) => [name, tf.clipByValue(gradient, -limit, limit)]));
  }
  const norm = tf.sqrt(tf.addN(entries.map(([, gradient]) => tf.sum(tf.square(gradient)))));
  const factor = tf.div(limit, tf.maximum(norm, limit));
  return Object.fromEntries(entries.map(([name, gradient]) => [name, tf.mul(gradient, factor)]));
}
