/**
 * Nesterov Adam (Dozat 2016) as TensorFlow's kernel has it: the look-ahead β₁m + (1 − β₁)∇L in place of m, both under the
 * correction 1 − β₁ᵗ.
 */
import { defineOptimizer } from '../definitions';
import { adamCorrections, adamFields, adamScalars } from '../optimizer-fields';

export const definition = defineOptimizer({
  id: 'nadam',
  label: { en: 'Nadam', zh: 'Nadam' },
  help: {
    en: 'Adam that looks one step ahead along its momentum, as Nesterov’s method does.',
    zh: '沿动量方向向前看一步的 Adam，与 Nesterov 方法相同。',
  },
  formula:
    'm ← β₁m + (1 − β₁)∇L;  v ← β₂v + (1 − β₂)(∇L)²;  θ ← θ − η · ((β₁m + (1 − β₁)∇L) / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)',
  fields: adamFields,
  defaultLearningRate: 0.001,
  slots: () => ['m', 'v'],
  update(tf, { variable, gradient, slots, learningRate, step }, values) {
    const { beta1, beta2 } = values;
    const m = tf.add(tf.mul(slots['m'] ?? 0, beta1), tf.mul(gradient, 1 - beta1));
    const v = tf.add(tf.mul(slots['v'] ?? 0, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const { rate, epsilon } = adamCorrections(values, learningRate, step);
    const ahead = tf.add(tf.mul(m, beta1), tf.mul(gradient, 1 - beta1));
    const change = tf.div(ahead, tf.add(tf.sqrt(v), epsilon));
    return { variable: tf.sub(variable, tf.mul(change, rate)), slots: { m, v } };
  },
  fused: (values) => ({
    op: 'ResourceApplyAdam',
    inputs: [{ slot: 'm' }, { slot: 'v' }, ...adamScalars(values), 'gradient'],
    nesterov: true,
  }),
});
