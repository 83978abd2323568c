/** Expected calibration error: |share right − mean confidence| of ten bins of confidence, each by its share of the rows. */
import { answersOf, calibrationBinsOf } from '../calibration';
import type { ClassScore } from '../score-definitions';

export const definition: ClassScore = {
  id: 'calibration-error',
  label: { en: 'Calibration error', zh: '校准误差' },
  help: {
    en: 'How far the stated probability and the share of right answers lie apart: 0 % means that of the answers with 80 % sureness, 80 % are right.',
    zh: '模型所说的概率与实际正确的比例相差多少：0 % 表示在有 80 % 把握的回答中，正好 80 % 是对的。',
  },
  better: 'lower',
  format: 'percent',
  target: 'classes',
  order: 7,
  hasBaseline: false,
  resampled: 'basic',
  statistic(rows) {
    const answers = answersOf(rows);
    return (counts) => {
      const bins = calibrationBinsOf(answers, counts);
      const all = bins.reduce((sum, bin) => sum + bin.rows, 0);
      return bins.reduce((sum, bin) => sum + Math.abs(bin.right - bin.confidence), 0) / all;
    };
  },
};
