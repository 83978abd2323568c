/** Adam (Kingma & Ba 2015, algorithm 1): steps scaled by running means of the gradient and of its square. */
import { defineOptimizer } from '../definitions';
import { adamCorrections, adamFields, adamScalars } from '../optimizer-fields';

export const definition = defineOptimizer({
  id: 'adam',
  label: { en: 'Adam', zh: 'Adam' },
  help: {
    en: 'Gives each weight its own step size, from how its gradients behaved so far. A good first choice.',
    zh: '根据每个权重以往的梯度，为它选择自己的步长。通常是很好的首选。',
  },
  formula: 'm ← β₁m + (1 − β₁)∇L;  v ← β₂v + (1 − β₂)(∇L)²;  θ ← θ − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)',
  fields: adamFields,
  defaultLearningRate: 0.001,
  slots: () => ['m', 'v'],
  update(tf, { variable, gradient, slots, learningRate, step }, values) {
    const { beta1, beta2 } = values;
    const m = tf.add(tf.mul(slots['m'] ?? 0, beta1), tf.mul(gradient, 1 - beta1));
    const v = tf.add(tf.mul(slots['v'] ?? 0, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const { rate, epsilon } = adamCorrections(values, learningRate, step);
    const change = tf.div(m, tf.add(tf.sqrt(v), epsilon));
    return { variable: tf.sub(variable, tf.mul(change, rate)), slots: { m, v } };
  },
  fused: (values) => ({
    op: 'ResourceApplyAdam',
    inputs: [{ slot: 'm' }, { slot: 'v' }, ...adamScalars(values), 'gradient'],
    nesterov: false,
  }),
});
