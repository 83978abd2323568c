/** Macro F1: the mean over classes of 2 · right / (actual + predicted), the harmonic mean of precision and recall. */
import type { ClassScore } from '../score-definitions';
import { byClass } from '../score-parts';

export const definition: ClassScore = {
  id: 'macro-f1',
  label: { en: 'Macro F1', zh: '宏平均 F1' },
  help: {
    en: 'For each class, how many of its rows were found and how many of the answers that name it are right, in one figure; then the mean over the classes.',
    zh: '对每个类别，把“找出了多少该类数据”与“判为该类的有多少是对的”合成一个数，再对所有类别取平均。',
  },
  better: 'higher',
  format: 'percent',
  target: 'classes',
  order: 3,
  hasBaseline: true,
  resampled: 'percentile',
  statistic: (rows) =>
    byClass(rows, (classes) => {
      const met = classes.filter(({ actual, predicted }) => actual + predicted > 0);
      return (
        met.reduce((sum, { right, actual, predicted }) => sum + (2 * right) / (actual + predicted), 0) / met.length
      );
    }),
};
