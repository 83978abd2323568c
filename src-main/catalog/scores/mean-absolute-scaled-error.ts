/** MASE (Hyndman & Koehler 2006): errors in units of the seasonal naive forecast's mean error on the training rows. */
import type { NumberScore } from '../score-definitions';
import { errorsOf, meanOf, meanOfSteps } from '../score-parts';

export const definition: NumberScore = {
  id: 'mean-absolute-scaled-error',
  label: { en: 'MASE', zh: 'MASE' },
  help: {
    en: 'The mean absolute error divided by that of repeating the last season over the training rows: below 1 is better than that forecast was there.',
    zh: '平均绝对误差除以在训练数据上“重复上一季”的平均绝对误差：低于 1 即优于该预测当时的水平。',
  },
  better: 'lower',
  format: 'number',
  target: 'number',
  order: 0,
  baseline: 'median',
  resampled: 'percentile',
  statistic(rows) {
    const { forecast } = rows;
    if (!forecast) return () => NaN;
    const errors = meanOfSteps(errorsOf(rows).map(Math.abs), forecast.steps);
    return meanOf(errors.map((error, row) => error / (forecast.scales[row] ?? NaN)));
  },
};
