/** Reconstruction error: how far what the network gives back lies from what came in. */
import type { MetricDefinition } from '../definitions';
import { squaredErrors } from '../reconstruction';

export const definition: MetricDefinition = {
  id: 'reconstruction-error',
  label: { en: 'Reconstruction error', zh: '重建误差' },
  help: {
    en: 'The mean squared difference between ordinary examples and what the network gives back of them; of an example alone it is its anomaly score.',
    zh: '正常样本与网络还原结果之间的平均平方差；对单个样本来说，它就是异常分数。',
  },
  better: 'lower',
  format: 'number',
  target: 'reconstruction',
  perExample: squaredErrors,
};
