/** The area under the ROC curve; of more than two classes the mean of each against the rest. */
import { meanOverClasses, rocArea, rocInterval } from '../ranking';
import type { ClassScore } from '../score-definitions';

export const definition: ClassScore = {
  id: 'roc-auc',
  label: { en: 'ROC AUC', zh: 'ROC AUC' },
  help: {
    en: 'The chance that a row of a class is given a higher probability of it than a row of another class: 0.5 is guessing, 1 is perfect. With several classes, the mean over them.',
    zh: '某类的数据得到的该类概率高于其他类数据的可能性：0.5 相当于瞎猜，1 为完美。多个类别时取平均。',
  },
  better: 'higher',
  format: 'number',
  target: 'classes',
  order: 4,
  hasBaseline: true,
  resampled: 'percentile',
  statistic: (rows) => meanOverClasses(rows, rocArea),
  interval: rocInterval,
};
