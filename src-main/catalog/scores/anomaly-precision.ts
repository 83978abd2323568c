/** Precision at the threshold: the share of flagged rows that are anomalous. */
import type { AnomalyScore } from '../score-definitions';
import { anomalyShare } from '../score-parts';

export const definition: AnomalyScore = {
  id: 'anomaly-precision',
  label: { en: 'Precision', zh: '精确率' },
  help: {
    en: 'Of the rows that are flagged at the threshold, how many are known anomalies. It depends on how rare anomalies are among the test rows.',
    zh: '在阈值处被标记的行中，有多少是已知的异常。它取决于异常在测试数据中有多少见。',
  },
  better: 'higher',
  format: 'percent',
  target: 'reconstruction',
  order: 8,
  resampled: 'percentile',
  ...anomalyShare(({ anomalous, flagged, found }) => ({ are: found, of: anomalous === 0 ? 0 : flagged })),
};
