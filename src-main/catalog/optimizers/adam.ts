/** Adam (Kingma & Ba 2015, algorithm 1): steps scaled by running means of the gradient and of its square. */
import { defineOptimizer } from '../definitions';
import { number } from '../fields';

export const definition = defineOptimizer({
  id: 'adam',
  label: { en: 'Adam', zh: 'Adam' },
  help: {
    en: 'Gives each weight its own step size, from how its gradients behaved so far. A good first choice.',
    zh: '根据每个权重以往的梯度，为它选择自己的步长。通常是很好的首选。',
  },
  formula: 'm ← β₁m + (1 − β₁)∇L;  v ← β₂v + (1 − β₂)(∇L)²;  θ ← θ − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)',
  fields: {
    beta1: number({
      label: { en: 'Beta 1', zh: 'β₁' },
      help: { en: 'How long past gradients are remembered.', zh: '对以往梯度的记忆时长。' },
      default: 0.9,
      minimum: 0,
      maximum: 0.9999,
      scale: 'linear',
      advanced: true,
    }),
    beta2: number({
      label: { en: 'Beta 2', zh: 'β₂' },
      help: { en: 'How long the size of past gradients is remembered.', zh: '对以往梯度大小的记忆时长。' },
      default: 0.999,
      minimum: 0,
      maximum: 0.99999,
      scale: 'linear',
      advanced: true,
    }),
    epsilon: number({
      label: { en: 'Epsilon', zh: 'ε' },
      help: {
        en: 'A small number that keeps the division safe where gradients are tiny.',
        zh: '一个很小的数，使梯度极小时除法仍然安全。',
      },
      default: 1e-8,
      minimum: 1e-12,
      maximum: 1,
      scale: 'log',
      advanced: true,
    }),
  },
  defaultLearningRate: 0.001,
  slots: () => ['m', 'v'],
  update(tf, { variable, gradient, slots, learningRate, step }, { beta1, beta2, epsilon }) {
    const m = tf.add(tf.mul(slots['m'] ?? 0, beta1), tf.mul(gradient, 1 - beta1));
    const v = tf.add(tf.mul(slots['v'] ?? 0, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    // Both corrections drawn together into two numbers, so that no tensor is divided for them (the paper's section 2).
    const correction = Math.sqrt(1 - beta2 ** step);
    const rate = (learningRate * correction) / (1 - beta1 ** step);
    const change = tf.div(m, tf.add(tf.sqrt(v), epsilon * correction));
    return { variable: tf.sub(variable, tf.mul(change, rate)), slots: { m, v } };
  },
  fused: ({ beta1, beta2, epsilon }) => ({
    op: 'ResourceApplyAdam',
    inputs: [
      { slot: 'm' },
      { slot: 'v' },
      { scalar: ({ step }) => beta1 ** step },
      { scalar: ({ step }) => beta2 ** step },
      { scalar: ({ learningRate }) => learningRate },
      { scalar: () => beta1 },
      { scalar: () => beta2 },
      // The kernel adds epsilon to an uncorrected √v; this makes it the paper's.
      { scalar: ({ step }) => epsilon * Math.sqrt(1 - beta2 ** step) },
      'gradient',
    ],
    nesterov: false,
  }),
});
