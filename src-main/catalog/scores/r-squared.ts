/** R² (coefficient of determination): 1 − Σ error² / Σ (actual − mean)². */
import type { NumberScore } from '../score-definitions';
import { errorsOf, meanOf } from '../score-parts';

export const definition: NumberScore = {
  id: 'r-squared',
  label: { en: 'R²', zh: 'R²' },
  help: {
    en: 'How much of the differences between the rows is explained: 1 is all, 0 is no more than always answering the mean, below 0 is worse than that.',
    zh: '解释了数据之间差异的多少：1 为全部，0 表示不比总是回答平均值更好，低于 0 则更差。',
  },
  better: 'higher',
  format: 'number',
  target: 'number',
  order: 3,
  baseline: 'mean',
  resampled: 'percentile',
  statistic(rows) {
    // The mean of the test steps is no yardstick for a series that grows: MASE has a better one.
    if (rows.forecast) return () => NaN;
    // Around a fixed number near the mean, so that squares of large numbers lose nothing.
    const middle = rows.actual.reduce((sum, value) => sum + value, 0) / rows.actual.length;
    const centred = Float64Array.from(rows.actual, (value) => value - middle);
    const error = meanOf(errorsOf(rows).map((value) => value ** 2));
    const [mean, square] = [meanOf(centred), meanOf(centred.map((value) => value ** 2))];
    return (counts) => {
      const variance = square(counts) - mean(counts) ** 2;
      return variance > 0 ? 1 - error(counts) / variance : NaN;
    };
  },
};
