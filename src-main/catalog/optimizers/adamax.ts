/** AdaMax (Kingma & Ba 2015, section 7.1): Adam with the largest gradient of late in place of the mean square. */
import { defineOptimizer } from '../definitions';
import { beta1Field, beta2Field, epsilonField } from '../optimizer-fields';

export const definition = defineOptimizer({
  id: 'adamax',
  label: { en: 'AdaMax', zh: 'AdaMax' },
  help: {
    en: 'Adam that divides by the largest gradient of late, which stays calm where gradients jump.',
    zh: '用近期最大的梯度作除数的 Adam，在梯度跳动时更平稳。',
  },
  formula: 'm ← β₁m + (1 − β₁)∇L;  u ← max(β₂u, |∇L|);  θ ← θ − η · (m / (1 − β₁ᵗ)) / (u + ε)',
  fields: { beta1: beta1Field, beta2: beta2Field, epsilon: epsilonField(1e-8) },
  defaultLearningRate: 0.002,
  slots: () => ['m', 'largest'],
  update(tf, { variable, gradient, slots, learningRate, step }, { beta1, beta2, epsilon }) {
    const m = tf.add(tf.mul(slots['m'] ?? 0, beta1), tf.mul(gradient, 1 - beta1));
    const largest = tf.maximum(tf.mul(slots['largest'] ?? 0, beta2), tf.abs(gradient));
    const change = tf.div(m, tf.add(largest, epsilon));
    return {
      variable: tf.sub(variable, tf.mul(change, learningRate / (1 - beta1 ** step))),
      slots: { m, largest },
    };
  },
  fused: ({ beta1, beta2, epsilon }) => ({
    op: 'ResourceApplyAdaMax',
    inputs: [
      { slot: 'm' },
      { slot: 'largest' },
      { scalar: ({ step }) => beta1 ** step },
      { scalar: ({ learningRate }) => learningRate },
      { scalar: () => beta1 },
      { scalar: () => beta2 },
      { scalar: () => epsilon },
      'gradient',
    ],
  }),
});
