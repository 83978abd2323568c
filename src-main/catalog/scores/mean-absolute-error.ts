/** Mean absolute error of all test rows. */
import { definition as metric } from '../metrics/mean-absolute-error';
import { sharedWith, type NumberScore } from '../score-definitions';
import { errorsOf, meanOf } from '../score-parts';

export const definition: NumberScore = {
  ...sharedWith(metric),
  target: 'number',
  order: 1,
  baseline: 'median',
  resampled: 'percentile',
  statistic: (rows) => meanOf(errorsOf(rows).map(Math.abs)),
};
