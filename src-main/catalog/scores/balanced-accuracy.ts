/** Balanced accuracy: the mean over classes of the share of a class's rows that were classified right (mean recall). */
import type { ClassScore } from '../score-definitions';
import { byClass } from '../score-parts';

export const definition: ClassScore = {
  id: 'balanced-accuracy',
  label: { en: 'Balanced accuracy', zh: '平衡准确率' },
  help: {
    en: 'The share classified right, taken class by class and then averaged, so that a rare class counts as much as a common one.',
    zh: '先逐类计算分类正确的比例再取平均，使稀少的类别与常见的类别同等重要。',
  },
  better: 'higher',
  format: 'percent',
  target: 'classes',
  order: 2,
  hasBaseline: true,
  resampled: 'percentile',
  statistic: (rows) =>
    byClass(rows, (classes) => {
      const present = classes.filter(({ actual }) => actual > 0);
      return present.reduce((sum, { right, actual }) => sum + right / actual, 0) / present.length;
    }),
};
