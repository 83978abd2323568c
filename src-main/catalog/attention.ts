/**
 * Multi-head attention (Vaswani et al. 2017), for the attention layers and the transformer blocks: each step asks all steps
 * of a memory, by a query and their keys, what they have for it, and gets a mix of their values, in several heads side by
 * side. In self-attention the memory is the sequence itself.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape, Text } from '../contract';
import type { ShapeProblem, TensorFlow } from './definitions';
import { integer, toggle } from './fields';
import { project, type OwnWeight } from './own-layer';
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

export const headFields = {
  heads: integer({
    label: { en: 'Heads', zh: '头数' },
    help: { en: 'How many things are looked for side by side.', zh: '同时关注多少种内容。' },
    default: 4,
    minimum: 1,
    maximum: 64,
  }),
  headSize: integer({
    label: { en: 'Size of a head', zh: '每个头的大小' },
    help: { en: 'How many numbers each head compares steps by.', zh: '每个头用多少个数来比较各步。' },
    default: 16,
    minimum: 1,
    maximum: 1024,
  }),
};

/** Of what asks a memory and the memory, as the graph names them. */
export const queryAndMemory: readonly Text[] = [
  { en: 'Query', zh: '查询' },
  { en: 'Memory', zh: '记忆' },
];

/**
 * Queries `[features, width]`, keys and values `[memory features, width]`, the output `[width, features]`, and their biases.
 * Keys have none: it would add the same to all scores of a query, of which the softmax makes nothing.
 */
export function attentionWeights(
  tf: TensorFlow,
  features: number,
  width: number,
  seed: number,
  memoryFeatures = features,
): Record<AttentionWeight, OwnWeight> {
  const zeros = tf.initializers.zeros();
  const drawn = (index: number) => tf.initializers.glorotUniform({ seed: seedFrom(seed, index) });
  return {
    query_kernel: { shape: [features, width], initializer: drawn(1) },
    query_bias: { shape: [width], initializer: zeros },
    key_kernel: { shape: [memoryFeatures, width], initializer: drawn(2) },
    value_kernel: { shape: [memoryFeatures, width], initializer: drawn(3) },
    value_bias: { shape: [width], initializer: zeros },
    output_kernel: { shape: [width, features], initializer: drawn(4) },
    output_bias: { shape: [features], initializer: zeros },
  };
}

export function attentionParameters(features: number, width: number, memoryFeatures = features): number {
  return 2 * (features + memoryFeatures) * width + 2 * width + features;
}

/** Products with weights, of queries with keys, and of the mix with values. @param query, memory `[steps, features]`. */
export function attentionMultiplyAdds(
  [steps = 0, features = 0]: Shape,
  width: number,
  [memorySteps = 0, memoryFeatures = 0]: Shape = [steps, features],
): number {
  return 2 * (steps * features + memorySteps * memoryFeatures) * width + 2 * steps * memorySteps * width;
}

/** Scores that a softmax makes nothing of. */
const never = -1e9;

export interface AttentionOptions {
  readonly heads: number;
  readonly causal: boolean;
  readonly dropout: number;
  readonly seed: number;
}

/** What is asked. */
export interface Memory {
  /** `[batch, memory steps, memory features]`. */
  readonly values: tensorflow.Tensor;
  /** float32 `[batch, memory steps]`, 0 at padding, which is never looked at; null where there is none. */
  readonly present: tensorflow.Tensor2D | null;
}

/**
 * softmax(Q · Kᵀ / √size) · V per head, then the output's product.
 * @param x `[batch, steps, features]`, and what is returned.
 * @param memory as many steps as `x` has where `causal`.
 */
export function attend(
  tf: TensorFlow,
  x: tensorflow.Tensor,
  memory: Memory,
  weights: Readonly<Record<AttentionWeight, tensorflow.Tensor>>,
  { heads, causal, dropout, seed }: AttentionOptions,
  random: StepRandom | null,
): tensorflow.Tensor {
  const [batch = 0, steps = 0] = x.shape;
  const [, memorySteps = 0] = memory.values.shape;
  const size = (weights.query_kernel.shape[1] ?? 0) / heads;
  const inHeads = (name: 'query' | 'key' | 'value') => {
    const bias = name === 'key' ? null : weights[`${name}_bias`];
    const from = name === 'query' ? x : memory.values;
    const projected = project(tf, from, weights[`${name}_kernel`], bias).reshape([batch, -1, heads, size]);
    return tf.transpose(projected, [0, 2, 1, 3]).reshape([batch * heads, -1, size]) as tensorflow.Tensor3D;
  };
  const scaled = tf.mul(inHeads('query'), 1 / Math.sqrt(size)) as tensorflow.Tensor3D;
  let scores: tensorflow.Tensor = tf.matMul(scaled, inHeads('key'), false, true);
  if (causal) scores = tf.add(scores, tf.tensor(laterSteps(steps), [1, steps, steps]));
  if (memory.present) {
    const absent = tf.mul(tf.sub(1, memory.present), never).reshape([batch, 1, 1, memorySteps]);
    scores = tf.add(scores.reshape([batch, heads, steps, memorySteps]), absent);
    scores = scores.reshape([batch * heads, steps, memorySteps]);
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
