/** What the end of a training measures of ratings beside their errors: the user and item means, and lists of recommendations. */
import type { Baseline, RankingFacts, Score } from '../../contract';
import type { PreparedData } from '../../data/prepared';
import { ratingIdentities } from '../../data/rating-places';
import type { FinishedModel } from '../../engine/evaluate';
import type { FitControl } from '../../engine/fit-control';
import { predictRatings } from '../../engine/ratings/predict-ratings';
import { rankUsers } from '../../engine/ratings/rank-users';
import { indexRatings, readRatings } from '../../engine/ratings/ratings';
import { fitUserItemMeans } from '../../engine/ratings/user-item-means';
import { scoreRanking } from '../../engine/scoring/score-ranking';
import { trainingData } from './training-data';

export interface MeasuredRatings {
  readonly baseline: Baseline;
  /** Of the baseline, one for each test row. */
  readonly answers: Float32Array;
  readonly scores: readonly Score[];
  readonly ranking: RankingFacts | null;
}

/** Null for other tasks. @throws the control's reason where it is aborted. */
export async function measureRatings(
  finished: FinishedModel,
  prepared: PreparedData,
  control: FitControl,
): Promise<MeasuredRatings | null> {
  const identities = finished.task.input === 'ratings' ? ratingIdentities(prepared.preparation) : null;
  if (!identities) return null;
  const places = { user: identities.user.place, item: identities.item.place };
  const { parts } = prepared;
  const data = trainingData(prepared);
  const [training, validation, test] = [
    readRatings(data, places, parts.training),
    readRatings(data, places, parts.validation),
    readRatings(data, places, parts.test),
  ];
  const means = fitUserItemMeans(training);
  const answers = Float32Array.from(test.users, (user, row) => means.answer(user, test.items[row] ?? 0));
  const index = indexRatings(data, places, parts.training);
  const predict = async (user: number, items: readonly number[]) => {
    await control.between();
    return predictRatings(finished, index, user, items);
  };
  const ranked = await rankUsers({ training, validation, test }, predict, data.targetScale.standardDeviation);
  return {
    baseline: { kind: 'user-item-means', mean: means.mean, errorOfMean: errorOf(means.mean, test.values) },
    answers,
    scores: ranked ? scoreRanking(ranked.model, ranked.popularity) : [],
    ranking: ranked && {
      users: ranked.model.relevant.length,
      likedFrom: ranked.likedFrom,
      popularityWeight: ranked.popularityWeight,
    },
  };
}

/** RMSE of always answering the mean. */
function errorOf(mean: number, values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
