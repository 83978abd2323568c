/** Adadelta (Zeiler 2012, algorithm 1): steps in the unit of the weights, from the size of past steps and gradients. */
import { defineOptimizer } from '../definitions';
import { number } from '../fields';
import { epsilonField } from '../optimizer-fields';

export const definition = defineOptimizer({
  id: 'adadelta',
  label: { en: 'Adadelta', zh: 'Adadelta' },
  help: {
    en: 'Finds its step size by itself from past steps and gradients; the learning rate is usually left at 1.',
    zh: '根据以往的步长和梯度自行确定步长；学习率通常保持为 1。',
  },
  formula: 's ← ρs + (1 − ρ)(∇L)²;  d ← ∇L · √(u + ε) / √(s + ε);  u ← ρu + (1 − ρ)d²;  θ ← θ − ηd',
  fields: {
    decay: number({
      label: { en: 'Decay', zh: '衰减率' },
      help: { en: 'How long past steps and gradients are remembered.', zh: '对以往步长和梯度的记忆时长。' },
      default: 0.9,
      minimum: 0,
      maximum: 0.9999,
      scale: 'linear',
    }),
    epsilon: epsilonField(1e-6),
  },
  defaultLearningRate: 1,
  slots: () => ['square', 'change'],
  update(tf, { variable, gradient, slots, learningRate }, { decay, epsilon }) {
    const past = slots['change'] ?? 0;
    const square = tf.add(tf.mul(slots['square'] ?? 0, decay), tf.mul(tf.square(gradient), 1 - decay));
    const step = tf.mul(gradient, tf.div(tf.sqrt(tf.add(past, epsilon)), tf.sqrt(tf.add(square, epsilon))));
    const change = tf.add(tf.mul(past, decay), tf.mul(tf.square(step), 1 - decay));
    return { variable: tf.sub(variable, tf.mul(step, learningRate)), slots: { square, change } };
  },
  fused: ({ decay, epsilon }) => ({
    op: 'ResourceApplyAdadelta',
    inputs: [
      { slot: 'square' },
      { slot: 'change' },
      { scalar: ({ learningRate }) => learningRate },
      { scalar: () => decay },
      { scalar: () => epsilon },
      'gradient',
    ],
  }),
});
