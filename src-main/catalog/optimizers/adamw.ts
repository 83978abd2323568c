/** AdamW (Loshchilov & Hutter 2019, algorithm 2): Adam with weight decay kept apart from the gradient. */
import { defineOptimizer } from '../definitions';
import { number } from '../fields';
import { adamCorrections, adamFields, adamScalars } from '../optimizer-fields';

export const definition = defineOptimizer({
  id: 'adamw',
  label: { en: 'AdamW', zh: 'AdamW' },
  help: {
    en: 'Adam that also shrinks every weight a little at each step, which eases overfitting in larger networks.',
    zh: '在 Adam 的基础上，每一步还把每个权重略微缩小，可减轻较大网络的过拟合。',
  },
  formula:
    'm ← β₁m + (1 − β₁)∇L;  v ← β₂v + (1 − β₂)(∇L)²;  θ ← θ − ηλθ − η · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)',
  fields: {
    weightDecay: number({
      label: { en: 'Weight decay', zh: '权重衰减' },
      help: {
        en: 'Shrinks every weight by this times the learning rate at each step.',
        zh: '每一步把每个权重缩小“该值 × 学习率”。',
      },
      default: 0.01,
      minimum: 0,
      maximum: 1,
      scale: 'log',
    }),
    ...adamFields,
  },
  defaultLearningRate: 0.001,
  slots: () => ['m', 'v'],
  update(tf, { variable, gradient, slots, learningRate, step }, values) {
    const { beta1, beta2, weightDecay } = values;
    const m = tf.add(tf.mul(slots['m'] ?? 0, beta1), tf.mul(gradient, 1 - beta1));
    const v = tf.add(tf.mul(slots['v'] ?? 0, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const { rate, epsilon } = adamCorrections(values, learningRate, step);
    const change = tf.div(m, tf.add(tf.sqrt(v), epsilon));
    const decayed = tf.mul(variable, 1 - learningRate * weightDecay);
    return { variable: tf.sub(decayed, tf.mul(change, rate)), slots: { m, v } };
  },
  fused: (values) => ({
    op: 'ResourceApplyAdam',
    inputs: [{ slot: 'm' }, { slot: 'v' }, ...adamScalars(values), 'gradient'],
    nesterov: false,
    ...(values.weightDecay > 0 ? { decay: ({ learningRate }) => 1 - learningRate * values.weightDecay } : {}),
  }),
});
