/** Mean absolute error, in the target's own unit. */
import type { MetricDefinition } from '../definitions';

export const definition: MetricDefinition = {
  id: 'mean-absolute-error',
  label: { en: 'Mean absolute error', zh: '平均绝对误差' },
  help: {
    en: 'How far predictions are off on average, in the unit of the target.',
    zh: '预测平均偏离多少，单位与目标相同。',
  },
  better: 'lower',
  format: 'number',
  target: 'number',
  perExample: (tf, target, output) => tf.mean(tf.abs(tf.sub(output, target)), 1),
};
