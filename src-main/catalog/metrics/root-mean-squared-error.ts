/** Root mean squared error, in the target's own unit. */
import type { MetricDefinition } from '../definitions';

export const definition: MetricDefinition = {
  id: 'root-mean-squared-error',
  label: { en: 'Root mean squared error', zh: '均方根误差' },
  help: {
    en: 'The typical error in the unit of the target, where large errors weigh more.',
    zh: '典型误差，单位与目标相同，大误差的权重更大。',
  },
  better: 'lower',
  format: 'number',
  target: 'number',
  perExample: (tf, target, output) => tf.mean(tf.squaredDifference(target, output), 1),
  finish: Math.sqrt,
};
