/** Standardizing over the last side, with its gradient in a few passes: what layer normalization is made of. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { TensorFlow } from './definitions';

/**
 * x̂ = (x − mean) / √(variance + ε) over the last side; same shape.
 * Its gradient: (dy − mean(dy) − x̂ · mean(dy · x̂)) / √(variance + ε) (Ba et al. 2016).
 */
export function standardized(tf: TensorFlow, x: tensorflow.Tensor, epsilon: number): tensorflow.Tensor {
  const operation = tf.customGrad((...given) => {
    const [input, save] = given as [tensorflow.Tensor, tensorflow.GradSaveFunc];
    const centred = tf.sub(input, tf.mean(input, -1, true));
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
    const value = tf.mul(centred, inverse);
    save([value, inverse]);
    return {
      value,
      gradFunc(dy, saved) {
        const [y, scale] = saved;
        if (!y || !scale || Array.isArray(dy)) throw new Error('Nothing was kept to standardize back');
        const along = tf.mul(y, tf.mean(tf.mul(dy, y), -1, true));
        return tf.mul(tf.sub(tf.sub(dy, tf.mean(dy, -1, true)), along), scale);
      },
    };
  });
  return operation(x);
}

/** γ · x̂ + β. @param gamma, beta `[features]`. */
export function layerNormalized(
  tf: TensorFlow,
  x: tensorflow.Tensor,
  { gamma, beta }: { readonly gamma: tensorflow.Tensor; readonly beta: tensorflow.Tensor },
  epsilon: number,
): tensorflow.Tensor {
  return tf.add(tf.mul(standardized(tf, x, epsilon), gamma), beta);
}
