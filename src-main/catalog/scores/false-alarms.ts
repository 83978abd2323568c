/** False alarms at the threshold: the share of ordinary rows that are flagged. */
import type { AnomalyScore } from '../score-definitions';
import { anomalyShare } from '../score-parts';

export const definition: AnomalyScore = {
  id: 'false-alarms',
  label: { en: 'False alarms', zh: '误报率' },
  help: {
    en: 'Of the ordinary rows, how many are flagged at the threshold.',
    zh: '正常的行中，有多少在阈值处被误标记。',
  },
  better: 'lower',
  format: 'percent',
  target: 'reconstruction',
  order: 9,
  resampled: 'percentile',
  ...anomalyShare(({ ordinary, flagged, found }) => ({ are: flagged - found, of: ordinary })),
};
