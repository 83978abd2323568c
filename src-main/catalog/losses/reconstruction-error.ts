/** Mean squared error between an example and what the network gives back of it. */
import type { LossDefinition } from '../definitions';
import { squaredErrors } from '../reconstruction';

export const definition: LossDefinition = {
  id: 'reconstruction-error',
  label: { en: 'Mean squared error', zh: '均方误差' },
  help: {
    en: 'The average of the squared differences between an example and what the network gives back of it.',
    zh: '样本与网络还原结果之间差值平方的平均。',
  },
  formula: 'L = mean (output − input)²',
  target: 'reconstruction',
  perExample: squaredErrors,
};
