/** The area under the precision–recall curve; of more than two classes the mean of each against the rest. */
import { averagePrecision, meanOverClasses } from '../ranking';
import type { ClassScore } from '../score-definitions';

export const definition: ClassScore = {
  id: 'pr-auc',
  label: { en: 'PR AUC', zh: 'PR AUC' },
  help: {
    en: 'How pure the answers stay while more and more rows of a class are found (average precision). Of two classes it is that of the rarer one; of several, the mean. Guessing gives the share of the class.',
    zh: '在找出越来越多某类数据的同时，结果有多纯（平均精确率）。两个类别时取较少的一类，多个类别时取平均。瞎猜得到该类所占比例。',
  },
  better: 'higher',
  format: 'number',
  target: 'classes',
  order: 5,
  hasBaseline: true,
  resampled: 'percentile',
  statistic: (rows) => meanOverClasses(rows, averagePrecision),
};
