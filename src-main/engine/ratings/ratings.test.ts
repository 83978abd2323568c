/** Baselines and lists of ratings against values by hand. */
import { expect, test } from 'vitest';
import { discountedGain, scores } from '../../catalog';
import { scoreRanking } from '../scoring/score-ranking';
import { bestOf, likedFrom, rankUsers } from './rank-users';
import type { Ratings } from './ratings';
import { RatingsIndex } from './ratings-index';
import { fitUserItemMeans } from './user-item-means';

const ratings = (...rows: [user: number, item: number, value: number][]): Ratings => ({
  users: Int32Array.from(rows, ([user]) => user),
  items: Int32Array.from(rows, ([, item]) => item),
  values: Float32Array.from(rows, ([, , value]) => value),
});

test('user and item means, drawn towards the mean by five ratings of no difference', () => {
  const { mean, answer } = fitUserItemMeans(ratings([1, 10, 5], [1, 11, 3], [2, 10, 4], [2, 11, 4]));
  expect(mean).toBe(4);
  // Item 10: (1 + 0) / (2 + 5); item 11: (−1 + 0) / 7. User 1: (1 − 1/7 + −1 + 1/7) / 7 = 0.
  expect(answer(1, 10)).toBeCloseTo(4 + 1 / 7, 12);
  expect(answer(2, 11)).toBeCloseTo(4 - 1 / 7, 12);
  expect(answer(0, 10)).toBeCloseTo(4 + 1 / 7, 12);
  expect(answer(9, 99)).toBe(4);
});

test('an item is put together with a user by what belongs to each', () => {
  // user, item, genre of the item, age of the user, day.
  const index = new RatingsIndex(5, { user: 0, item: 1 });
  index.add(Float32Array.of(1, 10, 20, 30, 40, 1, 11, 21, 30, 41, 2, 10, 20, 31, 42));
  index.add(Float32Array.of(2, 11, 21, 31, 43, 0, 10, 20, 99, 44));
  expect([...index.examples(2, [11, 10])]).toEqual([2, 11, 21, 31, 0, 2, 10, 20, 31, 0]);
  expect([...index.examples(0, [11])]).toEqual([0, 11, 21, 0, 0]);
  expect([2, 3, 4].map((place) => index.describesItem(place))).toEqual([true, false, false]);
  expect(index.items.get(11)?.row).toBe(1);
});

test('the best are those that sorting puts first, without what is known, the earlier of equal ones', () => {
  const items = Array.from({ length: 200 }, (_, at) => at + 1);
  const points = items.map((item) => (item * 37) % 23);
  const known = new Set([3, 22, 50]);
  const sorted = items
    .filter((item) => !known.has(item))
    .sort((a, b) => points[b - 1]! - points[a - 1]! || a - b)
    .slice(0, 10);
  expect(bestOf(items, points, known)).toEqual(sorted);
  expect(bestOf([1, 2], [1, 2], new Set([2]))).toEqual([1]);
});

test('NDCG of a list', () => {
  // Liked at places 1 and 3 of three liked ones: (1 + 1/2) / (1 + 1/log₂3 + 1/2).
  expect(discountedGain([0, 2], 3)).toBeCloseTo(1.5 / (1.5 + 1 / Math.log2(3)), 12);
  expect(discountedGain([], 3)).toBe(0);
  expect(
    discountedGain(
      Array.from({ length: 10 }, (_, place) => place),
      25,
    ),
  ).toBeCloseTo(1, 12);
});

test('lists rank what a user has not rated; popularity weighs as much as does best on validation rows', async () => {
  // Items 1 to 40; item i is rated by 41 − i users in training, so that popularity ranks them in their order.
  const crowd = Array.from({ length: 40 }, (_, item) =>
    Array.from({ length: 40 - item }, (_, user): [number, number, number] => [100 + user, item + 1, (user % 5) + 1]),
  ).flat();
  const training = ratings(...crowd, [1, 1, 5], [2, 2, 1]);
  // Two users who like rare items.
  const validation = ratings([1, 40, 5], [2, 40, 4], [1, 1, 2]);
  const test = ratings([1, 38, 5], [1, 39, 4], [1, 2, 1], [2, 39, 5], [2, 0, 5], [3, 7, 1]);
  expect(likedFrom(training.values)).toBe(4);
  const likesRare = (_user: number, items: readonly number[]) => Float32Array.from(items, (item) => item / 10);
  const found = await rankUsers({ training, validation, test }, likesRare, 1);
  expect(found).toMatchObject({ popularityWeight: 0, likedFrom: 4 });
  // 40 is known by now, so 39 comes first; of user 2 one liked item is in no training row: it counts as missed.
  expect(found?.model).toMatchObject({ places: [[0, 1], [0]], relevant: Int32Array.of(2, 2) });
  expect(found?.popularity.places).toEqual([[], []]);
  const [hits, gain] = scoreRanking(found!.model, found!.popularity);
  expect(hits).toMatchObject({ id: 'hit-rate', value: 1, baseline: 0, interval: null });
  expect(gain?.value).toBeCloseTo((1 + 1 / (1 + 1 / Math.log2(3))) / 2, 9);
  expect(scores.get('ndcg').target).toBe('ranking');

  // Where predictions differ by little and validation rows like what many rate, popularity decides.
  const hardlyKnows = (_user: number, items: readonly number[]) => Float32Array.from(items, (item) => item / 1000);
  const popular = ratings([1, 3, 5], [2, 4, 5]);
  const other = await rankUsers({ training, validation: popular, test: ratings([1, 5, 5]) }, hardlyKnows, 1);
  expect(other?.popularityWeight).toBeGreaterThan(0);
  // Items 1 and 3 are known: 2, 4, 5.
  expect(other?.model.places).toEqual([[2]]);
  expect(other?.popularity.places).toEqual([[2]]);
});

test('without a liked test item there are no lists', async () => {
  const some = ratings([1, 1, 5], [1, 2, 1]);
  const predict = () => new Float32Array(2);
  expect(await rankUsers({ training: some, validation: some, test: ratings([1, 3, 1]) }, predict, 1)).toBeNull();
});
