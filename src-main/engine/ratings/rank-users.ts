/**
 * Top-N: for each user all items that they have not rated, the best first, and where among the first ten those stand that
 * the user rated high in rows kept apart. All items are ranked, none is drawn (Krichene and Rendle 2020, "On sampled metrics
 * for item recommendation").
 *
 * Items are ranked by the predicted rating plus w · ln(1 + how many training rows rate the item): people rate what they
 * choose to see, and a rating alone says nothing of that. w is what did best on the validation rows.
 */
import { discountedGain, listLength, type RankedUsers } from '../../catalog';
import { generator } from '../../catalog/random';
import type { Ratings } from './ratings';

/** Weights of popularity that are tried, in deviations of the training ratings. */
const weights = [0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6] as const;

/** Predictions that are made at most; of more users some are drawn, always the same. */
const mostPredictions = 1_000_000;
const seed = 1979;

export interface RankedParts {
  readonly training: Ratings;
  readonly validation: Ratings;
  readonly test: Ratings;
}

/** Predicted ratings of a user for these items, in their order. */
export type PredictUser = (user: number, items: readonly number[]) => Float32Array | Promise<Float32Array>;

export interface Ranking {
  readonly model: RankedUsers;
  /** The same users with the most often rated items first. */
  readonly popularity: RankedUsers;
  /** w, in the unit of the ratings. */
  readonly popularityWeight: number;
  /** The lowest rating that counts as liked. */
  readonly likedFrom: number;
}

/** The upper quarter of the scale: 4 and 5 of 1 to 5 stars. */
export function likedFrom(values: Float32Array): number {
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return lowest + 0.75 * (highest - lowest);
}

/** How many training rows rate each item. */
export function popularityOf({ items }: Pick<Ratings, 'items'>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) if (item > 0) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** What popularity adds to a prediction where its weight is 1. */
export function popularityPoints(ratings: number): number {
  return Math.log1p(ratings);
}

/** @returns null where no test user has a liked item. */
export async function rankUsers(
  { training, validation, test }: RankedParts,
  predict: PredictUser,
  deviation: number,
): Promise<Ranking | null> {
  const from = likedFrom(training.values);
  const popularity = popularityOf(training);
  const items = [...popularity.keys()].sort((a, b) => a - b);
  const points = Float64Array.from(items, (item) => popularityPoints(popularity.get(item) ?? 0));
  const [seen, chosen, wanted] = [itemsByUser(training), likedByUser(validation, from), likedByUser(test, from)];
  const watched = itemsByUser(validation);
  const users = drawnUsers(
    [...wanted.keys()].sort((a, b) => a - b),
    items.length,
  );
  if (users.length === 0) return null;
  const trials = weights.map((weight) => ({
    weight: weight * deviation,
    validation: emptyRanks(),
    test: emptyRanks(),
  }));
  const popular = emptyRanks();
  for (const user of users) {
    const predicted = await predict(user, items);
    const known = seen.get(user) ?? new Set<number>();
    const rated = new Set([...known, ...(watched.get(user) ?? [])]);
    for (const trial of trials) {
      const scores = points.map((own, at) => (predicted[at] ?? NaN) + trial.weight * own);
      const liked = chosen.get(user);
      if (liked) addUser(trial.validation, { items, scores, known, liked });
      addUser(trial.test, { items, scores, known: rated, liked: wanted.get(user) ?? new Set() });
    }
    addUser(popular, { items, scores: points, known: rated, liked: wanted.get(user) ?? new Set() });
  }
  const best = trials.reduce((winner, trial) =>
    gainOf(trial.validation) > gainOf(winner.validation) ? trial : winner,
  );
  return { model: ranked(best.test), popularity: ranked(popular), popularityWeight: best.weight, likedFrom: from };
}

interface Ranks {
  readonly relevant: number[];
  readonly places: number[][];
}
const emptyRanks = (): Ranks => ({ relevant: [], places: [] });

function ranked({ relevant, places }: Ranks): RankedUsers {
  return { kind: 'ranking', relevant: Int32Array.from(relevant), places };
}

/** Mean gain over users, for choosing: as NDCG@10. */
function gainOf({ relevant, places }: Ranks): number {
  const gains = relevant.map((count, user) => discountedGain(places[user] ?? [], count));
  return gains.reduce((sum, gain) => sum + gain, 0) / Math.max(1, gains.length);
}

interface UserScores {
  readonly items: readonly number[];
  /** One per item, the higher the better. */
  readonly scores: Float64Array;
  readonly known: ReadonlySet<number>;
  readonly liked: ReadonlySet<number>;
}

function addUser(ranks: Ranks, { items, scores, known, liked }: UserScores): void {
  const best = bestOf(items, scores, known);
  ranks.relevant.push(liked.size);
  ranks.places.push(best.flatMap((item, place) => (liked.has(item) ? [place] : [])));
}

/** The items of the highest scores that are not known yet, the best first; of equal ones the earlier. */
export function bestOf(
  items: readonly number[],
  scores: ArrayLike<number>,
  known: ReadonlySet<number>,
  length = listLength,
): number[] {
  const best: { item: number; score: number }[] = [];
  for (const [at, item] of items.entries()) {
    const score = scores[at] ?? -Infinity;
    const last = best[length - 1];
    if ((last && score <= last.score) || known.has(item)) continue;
    let place = Math.min(best.length, length - 1);
    while (place > 0 && (best[place - 1]?.score ?? Infinity) < score) place -= 1;
    best.splice(place, 0, { item, score });
    best.length = Math.min(best.length, length);
  }
  return best.map(({ item }) => item);
}

function itemsByUser(ratings: Ratings, counts: (value: number) => boolean = () => true): Map<number, Set<number>> {
  const sets = new Map<number, Set<number>>();
  for (const [row, user] of ratings.users.entries()) {
    if (user === 0 || !counts(ratings.values[row] ?? NaN)) continue;
    const own = sets.get(user) ?? new Set<number>();
    // An item that no training row has cannot be recommended; it counts as one that was missed.
    const item = ratings.items[row] ?? 0;
    own.add(item === 0 ? -row - 1 : item);
    sets.set(user, own);
  }
  return sets;
}

function likedByUser(ratings: Ratings, from: number): Map<number, Set<number>> {
  return itemsByUser(ratings, (value) => value >= from - 1e-4);
}

function drawnUsers(users: number[], items: number): number[] {
  const most = Math.max(1, Math.floor(mostPredictions / Math.max(1, items)));
  if (users.length <= most) return users;
  const next = generator(seed, users.length);
  for (let place = 0; place < most; place++) {
    const other = place + Math.floor((next() / 0x1_0000_0000) * (users.length - place));
    [users[place], users[other]] = [users[other] ?? 0, users[place] ?? 0];
  }
  return users.slice(0, most);
}
