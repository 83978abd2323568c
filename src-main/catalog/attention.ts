/**
 * Multi-head self-attention (Vaswani et al. 2017), for the attention layer and the transformer block: each step asks all
 * steps, by a query and their keys, what they have for it, and gets a mix of their values, in several heads side by side.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { ShapeProblem, TensorFlow } from './definitions';
import { toggle } from './fields';
import { project, type OwnWeight } from './own-layer';
import { presentSteps } from './padding-steps';
import { seedFrom } from './random';
import { dropped, type StepRandom } from './step-seeded';

export type AttentionWeight =
  'query_kernel' | 'query_bias' | 'key_kernel' | 'value_kernel' | 'value_bias' | 'output_kernel' | 'output_bias';

export const causalField = toggle({
  label: { en: 'Causal', zh: '因果' },
  help: {
    en: 'On: each step sees only itself and earlier ones, as for predicting what comes next (a decoder). Off: all steps see each other.',
    zh: '开：每一步只能看到自己和之前的步，用于预测下一个（解码器）。关：所有步互相可见。',
  },
  default: false,
});

/**
 * Queries, keys and values `[features, width]`, the output `[width, features]`, and their biases. Keys have none: it would
 * add the same to all scores of a query, of which the softmax makes nothing.
 */
export function attentionWeights(
  tf: TensorFlow,
  features: number,
  width: number,
  seed: number,
): Record<AttentionWeight, OwnWeight> {
  const zeros = tf.initializers.zeros();
  const drawn = (index: number) => tf.initializers.glorotUniform({ seed: seedFrom(seed, index) });
  return {
    query_kernel: { shape: [features, width], initializer: drawn(1) },
    query_bias: { shape: [width], initializer: zeros },
    key_kernel: { shape: [features, width], initializer: drawn(2) },
    value_kernel: { shape: [features, width], initializer: drawn(3) },
    value_bias: { shape: [width], initializer: zeros },
    output_kernel: { shape: [width, features], initializer: drawn(4) },
    output_bias: { shape: [features], initializer: zeros },
  };
}

export const attentionParameters = (features: number, width: number) => 4 * features * width + 2 * width + features;

/** Products with weights, of queries with keys, and of the mix with values. */
export function attentionMultiplyAdds(steps: number, features: number, width: number): number {
  return 4 * steps * features * width + 2 * steps * steps * width;
}

/** Scores that a softmax makes nothing of. */
const never = -1e9;

export interface AttentionOptions {
  readonly heads: number;
  readonly causal: boolean;
  readonly dropout: number;
  readonly seed: number;
}

/**
 * softmax(Q · Kᵀ / √size) · V per head, then the output's product. Padding is never looked at.
 * @param x `[batch, steps, features]`, and what is returned.
 * @param source of the padding: the layer's input, where `x` was computed from it.
 */
export function attend(
  tf: TensorFlow,
  x: tensorflow.Tensor,
  source: tensorflow.Tensor,
  weights: Readonly<Record<AttentionWeight, tensorflow.Tensor>>,
  { heads, causal, dropout, seed }: AttentionOptions,
  random: StepRandom | null,
): tensorflow.Tensor {
  const [batch = 0, steps = 0] = x.shape;
  const size = (weights.query_kernel.shape[1] ?? 0) / heads;
  const inHeads = (name: 'query' | 'key' | 'value') => {
    const bias = name === 'key' ? null : weights[`${name}_bias`];
    const projected = project(tf, x, weights[`${name}_kernel`], bias).reshape([batch, steps, heads, size]);
    return tf.transpose(projected, [0, 2, 1, 3]).reshape([batch * heads, steps, size]) as tensorflow.Tensor3D;
  };
  const scaled = tf.mul(inHeads('query'), 1 / Math.sqrt(size)) as tensorflow.Tensor3D;
  let scores: tensorflow.Tensor = tf.matMul(scaled, inHeads('key'), false, true);
  if (causal) scores = tf.add(scores, tf.tensor(laterSteps(steps), [1, steps, steps]));
  const present = presentSteps(source);
  if (present) {
    const absent = tf.mul(tf.sub(1, present), never).reshape([batch, 1, 1, steps]);
    scores = tf.add(scores.reshape([batch, heads, steps, steps]), absent).reshape([batch * heads, steps, steps]);
  }
  const shares = tf.softmax(scores);
  const kept = random ? dropped(tf, shares, dropout, random, { seed, shape: shares.shape }) : shares;
  const mixed = tf.matMul(kept as tensorflow.Tensor3D, inHeads('value'));
  const together = tf
    .transpose(mixed.reshape([batch, heads, steps, size]), [0, 2, 1, 3])
    .reshape([batch, steps, heads * size]);
  return project(tf, together, weights.output_kernel, weights.output_bias);
}

/** `[steps · steps]`: 0 where a step may look, `never` at later ones. */
function laterSteps(steps: number): Float32Array {
  return Float32Array.from({ length: steps * steps }, (_, at) => (at % steps > Math.floor(at / steps) ? never : 0));
}

/** The problem of features that heads can't share equally, mended by the next number of heads that can. */
export function headsDoNotDivide(features: number, heads: number): ShapeProblem {
  let fitting = Math.min(heads, features);
  while (features % fitting !== 0) fitting -= 1;
  return {
    problem: {
      en: `${heads} heads cannot share ${features} features equally.`,
      zh: `${heads} 个头无法平分 ${features} 个特征。`,
    },
    repair: { label: { en: `Set heads to ${fitting}`, zh: `把头数设为 ${fitting}` }, set: { heads: fitting } },
  };
}
