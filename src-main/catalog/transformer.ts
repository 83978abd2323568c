/** What the transformer blocks share: the fields, and parts that are normalized before and added after (Xiong et al. 2020). */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Text } from '../contract';
import { activationField } from './activations';
import type { TensorFlow } from './definitions';
import { integer } from './fields';
import { rateField } from './layer-fields';
import { project, type activationFunction, type OwnWeight } from './own-layer';
import { seedFrom } from './random';
import { layerNormalized } from './standardized';

const epsilon = 1e-6;

export const transformerFields = {
  heads: integer({
    label: { en: 'Heads', zh: '头数' },
    help: {
      en: 'How many things attention looks for side by side; they share the features equally.',
      zh: '注意力同时关注多少种内容；各头平分特征。',
    },
    default: 2,
    minimum: 1,
    maximum: 64,
  }),
  feedForward: integer({
    label: { en: 'Feed-forward units', zh: '前馈单元数' },
    help: { en: 'Units of the small network at each step.', zh: '每一步上的小网络的单元数。' },
    default: 128,
    minimum: 1,
    maximum: 16384,
  }),
  activation: { ...activationField, default: 'gelu' as const },
};

export const transformerDropout = rateField(0.1);

export function transformerSummary({
  heads,
  feedForward,
  causal,
}: {
  readonly heads: number;
  readonly feedForward: number;
  readonly causal: boolean;
}): Text {
  return {
    en: `${heads} heads · ${feedForward}${causal ? ' · causal' : ''}`,
    zh: `${heads} 头 · ${feedForward}${causal ? ' · 因果' : ''}`,
  };
}

type Place = 'first' | 'second' | 'third';
type NormWeight<At extends Place> = `${At}_gamma` | `${At}_beta`;
export type InnerWeight = 'inner_kernel' | 'inner_bias' | 'outer_kernel' | 'outer_bias';

export function normWeights<At extends Place>(
  tf: TensorFlow,
  at: At,
  features: number,
): Record<NormWeight<At>, OwnWeight> {
  const weights: Record<string, OwnWeight> = {
    [`${at}_gamma`]: { shape: [features], initializer: tf.initializers.ones() },
    [`${at}_beta`]: { shape: [features], initializer: tf.initializers.zeros() },
  };
  return weights as Record<NormWeight<At>, OwnWeight>;
}

/** γ · x̂ + β over the features, by the weights of that place. */
export function normalizedAt<At extends Place>(
  tf: TensorFlow,
  x: tensorflow.Tensor,
  at: At,
  weights: Readonly<Record<NormWeight<At>, tensorflow.Tensor>>,
): tensorflow.Tensor {
  const [gamma, beta] = [weights[`${at}_gamma`], weights[`${at}_beta`]];
  return layerNormalized(tf, x, { gamma, beta }, epsilon);
}

/** The small network at each step. */
export function innerWeights(
  tf: TensorFlow,
  features: number,
  feedForward: number,
  seed: number,
): Record<InnerWeight, OwnWeight> {
  const zeros = tf.initializers.zeros();
  const drawn = (index: number) => tf.initializers.glorotUniform({ seed: seedFrom(seed, index) });
  return {
    inner_kernel: { shape: [features, feedForward], initializer: drawn(5) },
    inner_bias: { shape: [feedForward], initializer: zeros },
    outer_kernel: { shape: [feedForward, features], initializer: drawn(6) },
    outer_bias: { shape: [features], initializer: zeros },
  };
}

export const innerParameters = (features: number, feedForward: number) =>
  2 * features * feedForward + feedForward + features;

/** activation(x · W₁ + b₁) · W₂ + b₂ at each step. */
export function innerNetwork(
  tf: TensorFlow,
  x: tensorflow.Tensor,
  weights: Readonly<Record<InnerWeight, tensorflow.Tensor>>,
  activate: ReturnType<typeof activationFunction>,
): tensorflow.Tensor {
  const inner = activate(project(tf, x, weights.inner_kernel, weights.inner_bias));
  return project(tf, inner, weights.outer_kernel, weights.outer_bias);
}
