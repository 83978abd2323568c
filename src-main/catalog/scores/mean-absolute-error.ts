/** Mean absolute error of all test rows. */
import { definition as metric } from '../metrics/mean-absolute-error';
import { sharedWith, type NumberScore } from '../score-definitions';
import { errorsOf, meanOf, meanOfSteps } from '../score-parts';

export const definition: NumberScore = {
  ...sharedWith(metric),
  target: 'number',
  order: 1,
  baseline: 'median',
  resampled: 'percentile',
  statistic: (rows) => meanOf(meanOfSteps(errorsOf(rows).map(Math.abs), rows.forecast?.steps ?? 1)),
};
