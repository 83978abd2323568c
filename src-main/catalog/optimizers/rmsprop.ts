/** RMSProp (Tieleman & Hinton 2012, lecture 6.5): steps divided by the running size of the gradient. ε lies under the root, as in TensorFlow. */
import { defineOptimizer } from '../definitions';
import { number } from '../fields';

export const definition = defineOptimizer({
  id: 'rmsprop',
  label: { en: 'RMSProp', zh: 'RMSProp' },
  help: {
    en: 'Divides each step by the usual size of that weight’s gradient, so that steep and flat directions advance alike.',
    zh: '用该权重梯度的常见大小去除每一步，使陡峭与平缓的方向前进速度相近。',
  },
  formula: 's ← ρs + (1 − ρ)(∇L)²;  u ← μu + η∇L / √(s + ε);  θ ← θ − u',
  fields: {
    decay: number({
      label: { en: 'Decay', zh: '衰减率' },
      help: { en: 'How long the size of past gradients is remembered.', zh: '对以往梯度大小的记忆时长。' },
      default: 0.9,
      minimum: 0,
      maximum: 0.9999,
      scale: 'linear',
    }),
    momentum: number({
      label: { en: 'Momentum', zh: '动量' },
      help: {
        en: 'The share of the last step that is kept in the next. 0 turns it off.',
        zh: '下一步中保留上一步的比例。0 表示关闭。',
      },
      default: 0,
      minimum: 0,
      maximum: 0.9999,
      scale: 'linear',
    }),
    epsilon: number({
      label: { en: 'Epsilon', zh: 'ε' },
      help: {
        en: 'A small number that keeps the division safe where gradients are tiny.',
        zh: '一个很小的数，使梯度极小时除法仍然安全。',
      },
      default: 1e-7,
      minimum: 1e-12,
      maximum: 1,
      scale: 'log',
      advanced: true,
    }),
  },
  defaultLearningRate: 0.001,
  slots: () => ['square', 'velocity'],
  update(tf, { variable, gradient, slots, learningRate }, { decay, momentum, epsilon }) {
    const square = tf.add(tf.mul(slots['square'] ?? 0, decay), tf.mul(tf.square(gradient), 1 - decay));
    const change = tf.div(tf.mul(gradient, learningRate), tf.sqrt(tf.add(square, epsilon)));
    const velocity = tf.add(tf.mul(slots['velocity'] ?? 0, momentum), change);
    return { variable: tf.sub(variable, velocity), slots: { square, velocity } };
  },
  fused: ({ decay, momentum, epsilon }) => ({
    op: 'ResourceApplyRMSProp',
    inputs: [
      { slot: 'square' },
      { slot: 'velocity' },
      { scalar: ({ learningRate }) => learningRate },
      { scalar: () => decay },
      { scalar: () => momentum },
      { scalar: () => epsilon },
      'gradient',
    ],
  }),
});
