/** AMSGrad (Reddi et al. 2018): Adam whose divisor never shrinks. Both corrections are Adam's, as in TensorFlow. */
import { defineOptimizer } from '../definitions';
import { adamCorrections, adamFields, adamScalars } from '../optimizer-fields';

export const definition = defineOptimizer({
  id: 'amsgrad',
  label: { en: 'AMSGrad', zh: 'AMSGrad' },
  help: {
    en: 'Adam that remembers the largest gradients, so that its steps never grow again. Slower at times, but steadier.',
    zh: '记住最大梯度的 Adam，步长不会重新变大。有时较慢，但更稳定。',
  },
  formula:
    'm ← β₁m + (1 − β₁)∇L;  v ← β₂v + (1 − β₂)(∇L)²;  w ← max(w, v);  θ ← θ − η · (m / (1 − β₁ᵗ)) / (√(w / (1 − β₂ᵗ)) + ε)',
  fields: adamFields,
  defaultLearningRate: 0.001,
  slots: () => ['m', 'v', 'largest'],
  update(tf, { variable, gradient, slots, learningRate, step }, values) {
    const { beta1, beta2 } = values;
    const m = tf.add(tf.mul(slots['m'] ?? 0, beta1), tf.mul(gradient, 1 - beta1));
    const v = tf.add(tf.mul(slots['v'] ?? 0, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const largest = tf.maximum(slots['largest'] ?? 0, v);
    const { rate, epsilon } = adamCorrections(values, learningRate, step);
    const change = tf.div(m, tf.add(tf.sqrt(largest), epsilon));
    return { variable: tf.sub(variable, tf.mul(change, rate)), slots: { m, v, largest } };
  },
  fused: (values) => ({
    op: 'ResourceApplyAdamWithAmsgrad',
    inputs: [{ slot: 'm' }, { slot: 'v' }, { slot: 'largest' }, ...adamScalars(values), 'gradient'],
  }),
});
