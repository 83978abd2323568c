/** Mean reconstruction error of the ordinary test rows. */
import { definition as metric } from '../metrics/reconstruction-error';
import { sharedWith, type AnomalyScore } from '../score-definitions';

export const definition: AnomalyScore = {
  ...sharedWith(metric),
  target: 'reconstruction',
  order: 6,
  resampled: 'percentile',
  statistic:
    ({ errors, reconstruction = errors, anomalous }) =>
    (counts) => {
      let [sum, rows] = [0, 0];
      for (let row = 0; row < reconstruction.length; row++) {
        if (anomalous[row] === 1) continue;
        const count = counts[row] ?? 0;
        sum += count * (reconstruction[row] ?? NaN);
        rows += count;
      }
      return sum / rows;
    },
};
