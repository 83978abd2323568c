/** Recall at the threshold: the share of anomalous rows that are flagged. */
import type { AnomalyScore } from '../score-definitions';
import { anomalyShare } from '../score-parts';

export const definition: AnomalyScore = {
  id: 'anomaly-recall',
  label: { en: 'Found', zh: '找出的比例' },
  help: {
    en: 'Of the known anomalies, how many are flagged at the threshold (recall).',
    zh: '已知异常中，有多少在阈值处被标记（召回率）。',
  },
  better: 'higher',
  format: 'percent',
  target: 'reconstruction',
  order: 7,
  resampled: 'percentile',
  ...anomalyShare(({ anomalous, found }) => ({ are: found, of: anomalous })),
};
