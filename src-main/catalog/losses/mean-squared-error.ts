/** Mean squared error of numbers. */
import type { LossDefinition } from '../definitions';

export const definition: LossDefinition = {
  id: 'mean-squared-error',
  label: { en: 'Mean squared error', zh: '均方误差' },
  help: {
    en: 'The average of the squared differences; large errors weigh most. Measured on the standardized target.',
    zh: '差值平方的平均；大误差占的分量最大。按标准化后的目标计算。',
  },
  formula: 'L = (output − target)²',
  target: 'number',
  perExample: (tf, target, output) => tf.mean(tf.squaredDifference(target, output), 1),
};
