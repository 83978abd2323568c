/**
 * Recommendations of a saved model: a user put together with every item of the version that it was trained on; also one who
 * is in no row, by what they rate, and items that are in none, by what is said of them.
 */
import {
  CodedError,
  type DatasetVersion,
  type FoundItems,
  type ItemQuestion,
  type Newcomer,
  type OwnRatings,
  type Recommendations,
  type RecommendQuestion,
} from '../../contract';
import { cellText, findColumn, readColumns, readNumbers } from '../../data/columns';
import { encodeInputs, type EncodedInputs } from '../../data/encode';
import { rowsOf, tableRows } from '../../data/prepare';
import { describingColumns, ratingIdentities, textOfItems, type RatingIdentities } from '../../data/rating-places';
import { TRAINING } from '../../data/part-codes';
import { divideRows } from '../../data/target';
import { predictNewUser, type OwnRating } from '../../engine/ratings/fold-in';
import { predictRatings } from '../../engine/ratings/predict-ratings';
import { popularityOf, popularityPoints } from '../../engine/ratings/rank-users';
import { RatingsIndex } from '../../engine/ratings/ratings-index';
import { sightOf } from '../../engine/ratings/sight';
import { fitUserItemMeans } from '../../engine/ratings/user-item-means';
import { getVersion } from '../../storage/datasets';
import { getEvaluation } from '../../storage/evaluations';
import type { Library } from '../../storage/library';
import { getRun } from '../../storage/runs';
import { answerRatings, type NewcomerSource, type RatingAnswer } from './newcomers';
import type { SavedModel } from './saved-model';

/** Who rated what in the whole version, by code. */
interface KnownRatings extends NewcomerSource {
  readonly version: DatasetVersion;
  readonly identities: RatingIdentities;
  readonly users: Int32Array;
  readonly items: Int32Array;
  readonly values: Float64Array;
  readonly popularity: ReadonlyMap<number, number>;
  readonly popularityWeight: number;
  /** The median of `popularity`. */
  readonly usualRatings: number;
  /** Rows that the model was trained on. */
  readonly trainingRows: number;
  /** The different ratings, ascending. */
  readonly scale: readonly number[];
}

/** An item that may be recommended. */
interface Candidate {
  /** 0 for one that is not in the data. */
  readonly code: number;
  readonly name: string;
  readonly predicted: number;
  readonly newcomer: Newcomer | null;
}
const unknownItem: Newcomer = { user: 'nothing', item: 'nothing', answeredBy: 'means' };
type NewItems = NonNullable<RecommendQuestion['newItems']>;

/** Ratings of more different values are typed, not chosen. */
const MOST_CHOICES = 20;

/** Answers for one model; the ratings are read at the first question. */
export class Recommender {
  #known: Promise<KnownRatings> | null = null;

  constructor(
    private readonly saved: SavedModel,
    private readonly library: Library,
  ) {}

  /**
   * @throws CodedError `model-without-ratings`; of what a new user rates `item-unknown`, `rating-out-of-range`, `fold-in-unfit`
   */
  async recommend({ user, count, rated: given = [], newItems = [] }: RecommendQuestion): Promise<Recommendations> {
    const known = await this.#read();
    const { identities } = known;
    const code = identities.user.codeOf(user);
    const isNew = user === '' && given.length > 0;
    const own = isNew ? ratedByNew(known, given) : ratedBy(known, code);
    const seen = new Set(own.map(({ item }) => item));
    const ofData = this.#candidates(known, code, isNew ? own : []).filter((one) => !seen.has(one.code));
    const added = this.#newCandidates(known, user, newItems);
    const ranked = [...ofData, ...added].sort((one, other) => pointsOf(known, other) - pointsOf(known, one));
    const [best, shown] = [ranked.slice(0, count), own.slice(0, count)];
    const about = await this.#about(known, [...best.map((one) => one.code), ...shown.map(({ item }) => item)]);
    return {
      userColumn: identities.user.column,
      itemColumn: identities.item.column,
      known: code > 0,
      recommended: best.map(({ code: item, name, predicted, newcomer }) => ({
        ...{ item: name, about: about.get(item) ?? '', predicted },
        ...{ ratings: known.popularity.get(item) ?? 0, isNew: newcomer !== null },
      })),
      newItems: added.map((one) => {
        const place = ranked.indexOf(one) + 1;
        return { item: one.name, predicted: one.predicted, place, count: ranked.length, newcomer: one.newcomer };
      }),
      rated: shown.map(({ item, rating }) => ({
        ...{ item: identities.item.nameOf(item), about: about.get(item) ?? '', rating },
      })),
      ratedCount: own.length,
    };
  }

  /** The items of the data. @param own ratings of somebody new; without them and a code, the answers are the items' means. */
  #candidates(known: KnownRatings, code: number, own: readonly OwnRating[]): Candidate[] {
    const { index, trainingRows, identities, means } = known;
    const { finished, network } = this.saved;
    const items = itemsOf(known);
    const answers = () => {
      if (own.length > 0) return predictNewUser({ finished, network, index, trainingRows }, own, items);
      return code > 0 ? predictRatings(finished, index, code, items) : items.map((item) => means.answer(0, item));
    };
    const predicted = answers();
    return items.map((item, at) => ({
      ...{ code: item, name: identities.item.nameOf(item), predicted: predicted[at] ?? NaN, newcomer: null },
    }));
  }

  #newCandidates(known: KnownRatings, user: string, items: NewItems): (Candidate & { newcomer: Newcomer })[] {
    if (items.length === 0) return [];
    const { preparation } = this.saved;
    const { user: users, item: column } = known.identities;
    const questions = items.map(({ values }) => ({
      kind: 'values' as const,
      // A name that the data knows would bring that item's own row.
      values: { ...values, [users.column]: user === '' ? null : user, [column.column]: null },
    }));
    const answers = answerRatings(this.saved, known, encodeInputs(preparation, questions));
    return items.map(({ item }, at) => {
      const { predicted = NaN, newcomer } = answers[at] ?? {};
      return { code: 0, name: item, predicted, newcomer: newcomer ?? unknownItem };
    });
  }

  /** Ratings for users and items as given, with what the data knows of them where nothing is said. @throws CodedError */
  async answer(encoded: EncodedInputs): Promise<RatingAnswer[]> {
    return answerRatings(this.saved, await this.#read(), encoded);
  }

  /** Items by words of their names and titles, the most often rated first. @throws CodedError `model-without-ratings` */
  async findItems({ search, count }: ItemQuestion): Promise<FoundItems> {
    const known = await this.#read();
    const { identities, popularity, scale } = known;
    const items = itemsOf(known);
    const about = await this.#about(known, items);
    const words = search.toLowerCase().split(/\s+/);
    const found = items
      .map((item) => ({ code: item, item: identities.item.nameOf(item), about: about.get(item) ?? '' }))
      .filter((one) => words.every((word) => `${one.item} ${one.about}`.toLowerCase().includes(word)))
      .sort((one, other) => (popularity.get(other.code) ?? 0) - (popularity.get(one.code) ?? 0));
    return {
      itemColumn: identities.item.column,
      items: found.slice(0, count).map(({ item, about: text }) => ({ item, about: text })),
      total: found.length,
      scale: scale.length <= MOST_CHOICES ? [...scale] : [],
      least: scale[0] ?? NaN,
      most: scale.at(-1) ?? NaN,
      describing: describingColumns(this.saved.preparation, known.index),
    };
  }

  /** Read once; where that failed, again at the next question. */
  #read(): Promise<KnownRatings> {
    this.#known ??= readKnown(this.saved, this.library).catch((error: unknown) => {
      this.#known = null;
      throw error;
    });
    return this.#known;
  }

  /** What the text column that describes items says of these. */
  async #about({ version, index }: KnownRatings, items: readonly number[]): Promise<Map<number, string>> {
    const column = textOfItems(this.saved.preparation, index);
    const rows = items.flatMap((item) => index.items.get(item)?.row ?? []);
    if (column === null || rows.length === 0) return new Map();
    const wanted: ['_index', number] = ['_index', findColumn(version, column).index];
    const where = `WHERE _index IN (${rows.join(', ')})`;
    const [indices = [], cells = []] = await readColumns(this.library, version.id, wanted, where);
    const texts = new Map(indices.map((row, at) => [Number(row), cellText(cells[at] ?? null) ?? '']));
    return new Map(items.map((item) => [item, texts.get(index.items.get(item)?.row ?? -1) ?? '']));
  }
}

async function readKnown({ info, preparation, finished }: SavedModel, library: Library): Promise<KnownRatings> {
  const run = getRun(library.db, info.runId);
  const version = getVersion(library.db, run.data.versionId);
  const identities = ratingIdentities(preparation);
  if (!identities) throw new CodedError('model-without-ratings', { run: run.name });
  const places = { user: identities.user.place, item: identities.item.place };
  const width = info.inputShape[0] ?? 1;
  const index = new RatingsIndex(width, places);
  const [users, items] = [new Int32Array(version.rowCount), new Int32Array(version.rowCount)];
  let row = 0;
  for await (const values of tableRows(library, version, preparation)) {
    index.add(values);
    for (let from = 0; from < values.length; from += width, row++) {
      users[row] = values[from + places.user] ?? 0;
      items[row] = values[from + places.item] ?? 0;
    }
  }
  const values = await readNumbers(library, version, findColumn(version, preparation.targetColumn).index);
  const training = rowsOf(await divideRows(library, version, run.data), TRAINING);
  const popularity = popularityOf({ items });
  const at = <Some extends Int32Array | Float64Array>(all: Some) => Array.from(training, (one) => all[one] ?? NaN);
  return {
    ...{ version, identities, index, users, items, values, popularity },
    trainingRows: training.length,
    scale: [...new Set(values)].filter(Number.isFinite).sort((one, other) => one - other),
    popularityWeight: getEvaluation(library.db, info.runId)?.ranking?.popularityWeight ?? 0,
    usualRatings: [...popularity.values()].sort((a, b) => a - b)[popularity.size >> 1] ?? 0,
    means: fitUserItemMeans({
      ...{
        users: Int32Array.from(at(users)),
        items: Int32Array.from(at(items)),
        values: Float32Array.from(at(values)),
      },
    }),
    sight: sightOf(finished, index),
  };
}

/** By which items are put in order. One that nobody rated yet counts as rated as often as half of the items are. */
function pointsOf({ popularity, popularityWeight, usualRatings }: KnownRatings, one: Candidate): number {
  const ratings = one.newcomer ? usualRatings : (popularity.get(one.code) ?? 0);
  return one.predicted + popularityWeight * popularityPoints(ratings);
}

/** Codes of all items, ascending. */
function itemsOf({ index }: KnownRatings): number[] {
  return [...index.items.keys()].sort((a, b) => a - b);
}

/** The highest first; of an item that was rated twice the later rating. @throws CodedError `item-unknown`, `rating-out-of-range` */
function ratedByNew({ identities, index, scale }: KnownRatings, given: OwnRatings): OwnRating[] {
  const { column, codeOf } = identities.item;
  const [least = NaN, most = NaN] = [scale[0], scale.at(-1)];
  const own = given.map(({ item, rating }): [number, OwnRating] => {
    const code = codeOf(item);
    if (!index.items.has(code)) throw new CodedError('item-unknown', { column, item });
    if (!(rating >= least && rating <= most)) throw new CodedError('rating-out-of-range', { rating, least, most });
    return [code, { item: code, rating }];
  });
  return [...new Map(own).values()].sort((a, b) => b.rating - a.rating);
}

/** The highest first; of a new user nothing. */
function ratedBy({ users, items, values }: KnownRatings, code: number): { item: number; rating: number }[] {
  const own: { item: number; rating: number }[] = [];
  for (const [row, user] of users.entries()) {
    const [item, rating] = [items[row] ?? 0, values[row] ?? NaN];
    if (code > 0 && user === code && item > 0 && Number.isFinite(rating)) own.push({ item, rating });
  }
  return own.sort((a, b) => b.rating - a.rating);
}
