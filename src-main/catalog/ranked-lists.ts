/** Lists of ten recommendations beside what users liked of the test rows: what the scores of ranking are made of. */
import type { RankedUsers, Statistic } from './score-definitions';
import { meanOf } from './score-parts';

/** Length of a list. */
export const listLength = 10;

/**
 * NDCG of one list: 1 / log₂(1 + place) for each liked item in it, places counted from 1, over what the best list would have
 * (Järvelin and Kekäläinen 2002, with gains of 0 and 1).
 * @param places of the liked items in the list, from 0. @param relevant how many the user liked.
 */
export function discountedGain(places: readonly number[], relevant: number): number {
  const gain = (place: number) => 1 / Math.log2(place + 2);
  const ideal = Array.from({ length: Math.min(listLength, relevant) }, (_, place) => gain(place));
  return places.reduce((sum, place) => sum + gain(place), 0) / ideal.reduce((sum, own) => sum + own, 0);
}

/** The mean over users of a figure of their list. */
export function meanOverUsers(
  { places, relevant }: RankedUsers,
  figure: (places: readonly number[], relevant: number) => number,
): Statistic {
  return meanOf(Float64Array.from(places, (own, user) => figure(own, relevant[user] ?? 0)));
}
