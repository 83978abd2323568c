/** Scores of forecasts, each beside what repeating the last season and the last value get on the same windows. */
import type { NumberPredictions } from '../../catalog';
import type { Score } from '../../contract';
import { scoreRows, valuesWith } from './score-rows';

/** What takes no learning, `rows × steps` each. */
export interface NaiveForecasts {
  readonly seasonal: Float32Array;
  readonly naive: Float32Array;
}

/** @returns the scores as `scoreRows`; their baseline is the seasonal naive forecast. */
export function scoreForecasts(predictions: NumberPredictions, { seasonal, naive }: NaiveForecasts): Score[] {
  const [ofSeason, ofLast] = [valuesWith(predictions, seasonal), valuesWith(predictions, naive)];
  const finite = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);
  return scoreRows(predictions, null).map((score) => ({
    ...score,
    baseline: finite(ofSeason.get(score.id)),
    naive: finite(ofLast.get(score.id)),
  }));
}
