/**
 * Batch normalization as a layer of ours: tfjs's own takes mean, variance and their gradients apart into thirty passes over
 * the batch. Where the backend has TensorFlow's fused op, forward and backward are one pass each.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { TensorFlow } from './definitions';
import { keepPresent } from './padding-steps';

export interface BatchNormalizationArguments {
  readonly name: string;
  readonly momentum: number;
  readonly epsilon: number;
  readonly inputShape?: readonly number[];
}

interface Normalized {
  readonly output: tensorflow.Tensor;
  /** Of each feature over the batch; the variance divided by the number of values, not one less. */
  readonly mean: tensorflow.Tensor;
  readonly variance: tensorflow.Tensor;
}

const forward = 'FusedBatchNormV3';
const backward = 'FusedBatchNormGradV3';

/** @param x `[values, features]` @param scale, offset `[features]` */
function normalizeFused(
  tf: TensorFlow,
  x: tensorflow.Tensor2D,
  scale: tensorflow.Tensor,
  offset: tensorflow.Tensor,
  epsilon: number,
): Normalized {
  const [values, features] = x.shape;
  const none = tf.tensor1d([]);
  const statistics: { mean?: tensorflow.Tensor; variance?: tensorflow.Tensor } = {};
  const normalize = tf.customGrad((...given) => {
    const [input, gamma, beta, save] = given as [
      tensorflow.Tensor,
      tensorflow.Tensor,
      tensorflow.Tensor,
      tensorflow.GradSaveFunc,
    ];
    const results = tf
      .engine()
      .runKernel(forward, { x: input, scale: gamma, offset: beta, mean: none, variance: none }, { epsilon });
    const [value, mean, variance, ...reserved] = results as tensorflow.Tensor[];
    if (!value || !mean || !variance) throw new Error(`${forward} gave too little`);
    statistics.mean = tf.keep(mean);
    statistics.variance = tf.keep(variance);
    save([input, gamma, ...reserved]);
    return {
      value,
      gradFunc(dy, saved) {
        const [sx, sgamma, r1, r2, r3] = saved;
        const parts = tf.engine().runKernel(
          backward,
          {
            y_backprop: dy,
            x: sx,
            scale: sgamma,
            reserve_space_1: r1,
            reserve_space_2: r2,
            reserve_space_3: r3,
          } as never,
          { epsilon },
        ) as tensorflow.Tensor[];
        return parts.slice(0, 3);
      },
    };
  });
  const output = normalize(x.reshape([values, 1, 1, features]), scale, offset);
  const { mean, variance } = statistics;
  if (!mean || !variance) throw new Error('Batch normalization did not run');
  // The op divides by one less than the number of values; undone, so that every backend keeps the same statistics.
  const batch = { output, mean: mean.clone(), variance: tf.mul(variance, Math.max(1, values - 1) / values) };
  tf.dispose([mean, variance]);
  return batch;
}

function normalizeComposed(
  tf: TensorFlow,
  x: tensorflow.Tensor2D,
  scale: tensorflow.Tensor,
  offset: tensorflow.Tensor,
  epsilon: number,
): Normalized {
  const { mean, variance } = tf.moments(x, 0);
  const output = tf.batchNorm2d(x, mean.as1D(), variance.as1D(), offset.as1D(), scale.as1D(), epsilon);
  return { output, mean, variance };
}

/** Weights in tfjs's order and under its names: gamma, beta, then the moving mean and variance, which no gradient changes. */
export function batchNormalization(tf: TensorFlow, given: BatchNormalizationArguments): tensorflow.layers.Layer {
  const { name, momentum, epsilon, inputShape } = given;

  class BatchNormalization extends tf.layers.Layer {
    static readonly className = 'FusedBatchNormalization';
    private variables: Record<'gamma' | 'beta' | 'mean' | 'variance', tensorflow.LayerVariable> | null = null;

    override build(shape: tensorflow.Shape | tensorflow.Shape[]): void {
      const [zeros, ones] = [tf.initializers.zeros(), tf.initializers.ones()];
      const features = [Number((shape as tensorflow.Shape).at(-1))];
      this.variables = {
        gamma: this.addWeight('gamma', features, 'float32', ones),
        beta: this.addWeight('beta', features, 'float32', zeros),
        mean: this.addWeight('moving_mean', features, 'float32', zeros, undefined, false),
        variance: this.addWeight('moving_variance', features, 'float32', ones, undefined, false),
      };
      super.build(shape);
    }

    override computeOutputShape(shape: tensorflow.Shape): tensorflow.Shape {
      return shape;
    }

    override call(inputs: tensorflow.Tensor | tensorflow.Tensor[], kwargs: Record<string, unknown>) {
      const input = Array.isArray(inputs) ? inputs[0] : inputs;
      if (!input || !this.variables) throw new Error('Batch normalization was called before it was built');
      const { gamma, beta, mean, variance } = this.variables;
      const x = input.reshape([-1, input.shape.at(-1) ?? 1]) as tensorflow.Tensor2D;
      if (kwargs['training'] !== true) {
        const statistics = [mean.read().as1D(), variance.read().as1D()] as const;
        const output = tf.batchNorm2d(x, ...statistics, beta.read().as1D(), gamma.read().as1D(), epsilon);
        return keepPresent(input, output.reshape(input.shape));
      }
      const normalize = tf.getKernel(forward, tf.getBackend()) ? normalizeFused : normalizeComposed;
      const batch = normalize(tf, x, gamma.read(), beta.read(), epsilon);
      for (const [moving, value] of [
        [mean, batch.mean],
        [variance, batch.variance],
      ] as const) {
        moving.write(tf.sub(moving.read(), tf.mul(tf.sub(moving.read(), value), 1 - momentum)));
      }
      return keepPresent(input, batch.output.reshape(input.shape));
    }
  }
  return new BatchNormalization({ name, ...(inputShape ? { inputShape: [...inputShape] } : {}) });
}
