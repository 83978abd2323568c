/** Mean absolute error of numbers. */
import type { LossDefinition } from '../definitions';

export const definition: LossDefinition = {
  id: 'mean-absolute-error',
  label: { en: 'Mean absolute error', zh: '平均绝对误差' },
  help: {
    en: 'The average size of the differences; a few outliers do little harm. Measured on the standardized target.',
    zh: '差值大小的平均；少数离群值影响不大。按标准化后的目标计算。',
  },
  formula: 'L = |output − target|',
  target: 'number',
  perExample: (tf, target, output) => tf.mean(tf.abs(tf.sub(output, target)), 1),
};
