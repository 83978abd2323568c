/** Log loss: the mean of −ln(probability of the right class). */
import type { ClassScore } from '../score-definitions';
import { meanOf } from '../score-parts';

/** The smallest step of float32 from 1, below which a probability is taken to be it, as in scikit-learn. */
const smallest = 2 ** -23;

export const definition: ClassScore = {
  id: 'log-loss',
  label: { en: 'Log loss', zh: '对数损失' },
  help: {
    en: 'Punishes answers that were sure and wrong: 0 is perfect, and it grows without end as the right class is given less probability.',
    zh: '惩罚“很有把握却错了”的回答：0 为完美；正确类别得到的概率越小，它越大。',
  },
  better: 'lower',
  format: 'number',
  target: 'classes',
  order: 6,
  hasBaseline: true,
  resampled: 'percentile',
  statistic: ({ actual, outputs, classes }) =>
    meanOf(
      Float64Array.from(actual, (own, row) => {
        const probability = outputs[row * classes + own] ?? NaN;
        return -Math.log(Math.min(1 - smallest, Math.max(smallest, probability)));
      }),
    ),
};
