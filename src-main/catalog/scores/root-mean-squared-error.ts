/** Root mean squared error of all test rows. */
import { definition as metric } from '../metrics/root-mean-squared-error';
import { sharedWith, type NumberScore } from '../score-definitions';
import { errorsOf, meanOf, meanOfSteps } from '../score-parts';

export const definition: NumberScore = {
  ...sharedWith(metric),
  target: 'number',
  order: 2,
  baseline: 'mean',
  resampled: 'percentile',
  statistic(rows) {
    const mean = meanOf(
      meanOfSteps(
        errorsOf(rows).map((error) => error ** 2),
        rows.forecast?.steps ?? 1,
      ),
    );
    return (counts) => Math.sqrt(mean(counts));
  },
};
