/**
 * Recommendations of a saved model: a user put together with every item of the version that it was trained on; also one who
 * is in no row, by what they rate.
 */
import {
  CodedError,
  type DatasetVersion,
  type FoundItems,
  type ItemQuestion,
  type OwnRatings,
  type Recommendations,
  type RecommendQuestion,
} from '../../contract';
import { cellText, findColumn, readColumns, readNumbers } from '../../data/columns';
import type { EncodedInputs } from '../../data/encode';
import { rowsOf, tableRows } from '../../data/prepare';
import { ratingIdentities, textOfItems, type RatingIdentities } from '../../data/rating-places';
import { TRAINING } from '../../data/part-codes';
import { divideRows } from '../../data/target';
import { predictNewUser, type OwnRating } from '../../engine/ratings/fold-in';
import { predictRatings } from '../../engine/ratings/predict-ratings';
import { bestOf, popularityOf, popularityPoints } from '../../engine/ratings/rank-users';
import { RatingsIndex } from '../../engine/ratings/ratings-index';
import { getVersion } from '../../storage/datasets';
import { getEvaluation } from '../../storage/evaluations';
import type { Library } from '../../storage/library';
import { getRun } from '../../storage/runs';
import type { SavedModel } from './saved-model';

/** Who rated what in the whole version, by code. */
interface KnownRatings {
  readonly version: DatasetVersion;
  readonly identities: RatingIdentities;
  readonly index: RatingsIndex;
  readonly users: Int32Array;
  readonly items: Int32Array;
  readonly values: Float64Array;
  readonly popularity: ReadonlyMap<number, number>;
  readonly popularityWeight: number;
  /** Rows that the model was trained on. */
  readonly trainingRows: number;
  /** The different ratings, ascending. */
  readonly scale: readonly number[];
}

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
  async recommend({ user, count, rated: given = [] }: RecommendQuestion): Promise<Recommendations> {
    const known = await this.#read();
    const { identities, popularity, popularityWeight, index, trainingRows } = known;
    const code = identities.user.codeOf(user);
    const items = itemsOf(known);
    const isNew = user === '' && given.length > 0;
    const own = isNew ? ratedByNew(known, given) : ratedBy(known, code);
    const { finished, network } = this.saved;
    const predicted = isNew
      ? predictNewUser({ finished, network, index, trainingRows }, own, items)
      : predictRatings(finished, index, code, items);
    const points = items.map(
      (item, at) => (predicted[at] ?? NaN) + popularityWeight * popularityPoints(popularity.get(item) ?? 0),
    );
    const best = bestOf(items, points, new Set(own.map(({ item }) => item)), count);
    const shown = own.slice(0, count);
    const about = await this.#about(known, [...best, ...shown.map(({ item }) => item)]);
    const named = (item: number) => ({ item: identities.item.nameOf(item), about: about.get(item) ?? '' });
    const places = new Map(items.map((item, at) => [item, at]));
    return {
      userColumn: identities.user.column,
      itemColumn: identities.item.column,
      known: code > 0,
      recommended: best.map((item) => ({
        ...named(item),
        predicted: predicted[places.get(item) ?? -1] ?? NaN,
        ratings: popularity.get(item) ?? 0,
      })),
      rated: shown.map(({ item, rating }) => ({ ...named(item), rating })),
      ratedCount: own.length,
    };
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

  /**
   * Examples of users and items with what the data knows of them where nothing was given.
   * @param examples prepared inputs, row after row.
   */
  async completed(examples: EncodedInputs['inputs']): Promise<EncodedInputs['inputs']> {
    if (!ratingIdentities(this.saved.preparation)) return examples;
    const { index } = await this.#read();
    const { width, places } = index;
    const whole = Float32Array.from(examples);
    for (let from = 0; from < whole.length; from += width) {
      const described = index.examples(whole[from + places.user] ?? 0, [whole[from + places.item] ?? 0]);
      for (const [place, value] of described.entries()) whole[from + place] ||= value;
    }
    return whole;
  }

  /** What the text column that describes items says of these. */
  async #about({ version, index }: KnownRatings, items: readonly number[]): Promise<Map<number, string>> {
    const column = textOfItems(this.saved.preparation, (place) => index.describesItem(place));
    const rows = items.flatMap((item) => index.items.get(item)?.row ?? []);
    if (column === null || rows.length === 0) return new Map();
    const wanted: ['_index', number] = ['_index', findColumn(version, column).index];
    const where = `WHERE _index IN (${rows.join(', ')})`;
    const [indices = [], cells = []] = await readColumns(this.library, version.id, wanted, where);
    const texts = new Map(indices.map((row, at) => [Number(row), cellText(cells[at] ?? null) ?? '']));
    return new Map(items.map((item) => [item, texts.get(index.items.get(item)?.row ?? -1) ?? '']));
  }
}

async function readKnown({ info, preparation }: SavedModel, library: Library): Promise<KnownRatings> {
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
  return {
    ...{ version, identities, index, users, items, values },
    trainingRows: rowsOf(await divideRows(library, version, run.data), TRAINING).length,
    scale: [...new Set(values)].filter(Number.isFinite).sort((one, other) => one - other),
    popularity: popularityOf({ items }),
    popularityWeight: getEvaluation(library.db, info.runId)?.ranking?.popularityWeight ?? 0,
  };
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
