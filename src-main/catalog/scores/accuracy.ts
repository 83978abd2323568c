/** Accuracy of all test rows, with Wilson's interval. */
import { answersOf } from '../calibration';
import { shareInterval } from '../intervals';
import { definition as metric } from '../metrics/accuracy';
import { sharedWith, type ClassScore } from '../score-definitions';
import { meanOf } from '../score-parts';

export const definition: ClassScore = {
  ...sharedWith(metric),
  target: 'classes',
  order: 1,
  hasBaseline: true,
  resampled: 'percentile',
  statistic: (rows) => meanOf(Float64Array.from(answersOf(rows).right)),
  interval: ({ actual }, value) => shareInterval(value, actual.length),
};
