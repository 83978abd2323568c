/** Adagrad (Duchi et al. 2011): steps divided by the root of all squared gradients so far. ε lies outside the root. */
import { defineOptimizer } from '../definitions';
import { epsilonField } from '../optimizer-fields';

export const definition = defineOptimizer({
  id: 'adagrad',
  label: { en: 'Adagrad', zh: 'Adagrad' },
  help: {
    en: 'Moves a weight less the more it has moved already. Suits rare features; steps only ever get smaller.',
    zh: '权重移动得越多，之后的步长越小。适合稀少的特征；步长只会越来越小。',
  },
  formula: 's ← s + (∇L)²;  θ ← θ − η∇L / (√s + ε)',
  fields: { epsilon: epsilonField(1e-7) },
  defaultLearningRate: 0.01,
  slots: () => ['square'],
  update(tf, { variable, gradient, slots, learningRate }, { epsilon }) {
    const square = tf.add(slots['square'] ?? 0, tf.square(gradient));
    const change = tf.div(tf.mul(gradient, learningRate), tf.add(tf.sqrt(square), epsilon));
    return { variable: tf.sub(variable, change), slots: { square } };
  },
  fused: ({ epsilon }) => ({
    op: 'ResourceApplyAdagradV2',
    inputs: [{ slot: 'square' }, { scalar: ({ learningRate }) => learningRate }, { scalar: () => epsilon }, 'gradient'],
  }),
});
