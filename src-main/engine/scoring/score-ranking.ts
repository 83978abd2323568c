/** Scores of lists of recommendations, with intervals over users, beside those of the most often rated items. */
import { orderedScores, resampledIntervals, type RankedUsers } from '../../catalog';
import type { Score } from '../../contract';

/** Of resampling, as in score-rows.ts. */
const seed = 1979;

export function scoreRanking(model: RankedUsers, popularity: RankedUsers): Score[] {
  const users = model.relevant.length;
  const ones = new Int32Array(users).fill(1);
  const measured = orderedScores.flatMap((score) => {
    if (score.target !== 'ranking') return [];
    const statistic = score.statistic(model);
    const baseline = score.statistic(popularity)(ones);
    return [{ id: score.id, resampled: score.resampled, statistic, value: statistic(ones), baseline }];
  });
  const intervals = resampledIntervals(users, measured, seed);
  return measured.map(({ id, value, baseline }, at) => ({ id, value, interval: intervals[at] ?? null, baseline }));
}
