/**
 * Stochastic gradient descent with momentum (Polyak 1964), Nesterov's look-ahead (Sutskever et al. 2013) and weight decay
 * kept apart from the gradient (Loshchilov & Hutter 2019): θ ← θ − η∇L − ηλθ.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { defineOptimizer, type StepScalars } from '../definitions';
import { number, toggle } from '../fields';

type Slots = Readonly<Record<string, tensorflow.Tensor>>;

export const definition = defineOptimizer({
  id: 'sgd',
  label: { en: 'SGD', zh: '随机梯度下降' },
  help: {
    en: 'Goes a small step downhill for each batch. Momentum lets it roll on in a direction that has proved good.',
    zh: '每个批次沿下坡方向走一小步。动量使它沿着已证明有效的方向继续前进。',
  },
  formula: 'v ← μv + ∇L;  θ ← θ − ηv − ηλθ;  Nesterov: θ ← θ − η(∇L + μv) − ηλθ;  without momentum: θ ← θ − η∇L − ηλθ',
  fields: {
    momentum: number({
      label: { en: 'Momentum', zh: '动量' },
      help: {
        en: 'The share of the last step that is kept in the next. 0 turns it off.',
        zh: '下一步中保留上一步的比例。0 表示关闭。',
      },
      default: 0.9,
      minimum: 0,
      maximum: 0.9999,
      scale: 'linear',
    }),
    nesterov: toggle({
      label: { en: 'Nesterov', zh: 'Nesterov' },
      help: {
        en: 'Looks one step ahead along the momentum, which often brakes in time. Needs momentum above 0.',
        zh: '沿动量方向向前看一步，往往能及时减速。需要动量大于 0。',
      },
      default: false,
    }),
    weightDecay: number({
      label: { en: 'Weight decay', zh: '权重衰减' },
      help: {
        en: 'Shrinks every weight by this times the learning rate at each step, which eases overfitting.',
        zh: '每一步把每个权重缩小“该值 × 学习率”，以减轻过拟合。',
      },
      default: 0,
      minimum: 0,
      maximum: 1,
      scale: 'log',
    }),
  },
  defaultLearningRate: 0.01,
  slots: (values) => (values.momentum > 0 ? ['velocity'] : []),
  update(tf, { variable, gradient, slots, learningRate }, { momentum, nesterov, weightDecay }) {
    const decayed = weightDecay > 0 ? tf.mul(variable, 1 - learningRate * weightDecay) : variable;
    if (momentum === 0) return { variable: tf.sub(decayed, tf.mul(gradient, learningRate)), slots: {} as Slots };
    const velocity = tf.add(tf.mul(slots['velocity'] ?? 0, momentum), gradient);
    const direction = nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity;
    return { variable: tf.sub(decayed, tf.mul(direction, learningRate)), slots: { velocity } as Slots };
  },
  fused: ({ momentum, nesterov, weightDecay }) => ({
    ...(momentum === 0
      ? {
          op: 'ResourceApplyGradientDescent',
          inputs: [{ scalar: ({ learningRate }: StepScalars) => learningRate }, 'gradient' as const],
        }
      : {
          op: 'ResourceApplyMomentum',
          inputs: [
            { slot: 'velocity' },
            { scalar: ({ learningRate }: StepScalars) => learningRate },
            'gradient' as const,
            { scalar: () => momentum },
          ],
          nesterov,
        }),
    ...(weightDecay > 0 ? { decay: ({ learningRate }: StepScalars) => 1 - learningRate * weightDecay } : {}),
  }),
});
