/**
 * Answers about users and items, also those that no training row has ("cold start"): by what is said of them where the network
 * sees it, else by the means of the training ratings, as the network would answer all of them from a row that it never learnt.
 */
import type { Newcomer, RatingBasis } from '../../contract';
import type { EncodedInputs } from '../../data/encode';
import { predictRows } from '../../engine/evaluate';
import type { RatingsIndex } from '../../engine/ratings/ratings-index';
import type { Sight } from '../../engine/ratings/sight';
import type { UserItemMeans } from '../../engine/ratings/user-item-means';
import type { SavedModel } from './saved-model';

export interface NewcomerSource {
  readonly index: RatingsIndex;
  readonly sight: Sight;
  /** Of the training ratings. */
  readonly means: UserItemMeans;
}

export interface RatingAnswer {
  /** In the person's unit. */
  readonly predicted: number;
  /** Absent where training rows have both the user and the item. */
  readonly newcomer?: Newcomer;
}

/** @param encoded users and items with what is said of them; what the data knows of them is filled in where nothing is. */
export function answerRatings(
  { finished, info }: Pick<SavedModel, 'finished' | 'info'>,
  source: NewcomerSource,
  { inputs, rows }: EncodedInputs,
): RatingAnswer[] {
  const { width } = source.index;
  const examples = completed(source.index, Float32Array.from(inputs));
  const asked = { inputShape: info.inputShape, inputs: examples, scale: 1 };
  const outputs = predictRows(
    finished,
    asked,
    Int32Array.from({ length: rows }, (_, row) => row),
  );
  return Array.from(outputs, (output, row) => {
    const example = examples.subarray(row * width, (row + 1) * width);
    const newcomer = newcomerOf(source, example);
    if (!newcomer) return { predicted: output };
    return { predicted: newcomer.answeredBy === 'means' ? meansAnswer(source, example) : output, newcomer };
  });
}

function completed(index: RatingsIndex, examples: Float32Array): Float32Array {
  const { width, places } = index;
  for (let from = 0; from < examples.length; from += width) {
    const described = index.examples(examples[from + places.user] ?? 0, [examples[from + places.item] ?? 0]);
    for (const [place, value] of described.entries()) examples[from + place] ||= value;
  }
  return examples;
}

/** @param example prepared values of a user and an item. @returns null where training rows have both. */
export function newcomerOf(
  { index, sight }: Pick<NewcomerSource, 'index' | 'sight'>,
  example: Float32Array,
): Newcomer | null {
  const { places } = index;
  const [user, item] = [example[places.user] ?? 0, example[places.item] ?? 0];
  if (user > 0 && item > 0) return null;
  const basisOf = (code: number, sees: boolean, describes: (place: number) => boolean): RatingBasis => {
    if (code > 0) return 'ratings';
    const isSaid = example.some(
      (value, place) => value !== 0 && place !== places.user && place !== places.item && describes(place),
    );
    if (!isSaid) return 'nothing';
    return sees ? 'features' : 'unseen';
  };
  const bases = {
    user: basisOf(user, sight.user, (place) => index.describesUser(place)),
    item: basisOf(item, sight.item, (place) => index.describesItem(place)),
  };
  const isSeen = bases.user === 'features' || bases.item === 'features';
  return { ...bases, answeredBy: isSeen ? 'network' : 'means' };
}

function meansAnswer({ index, means }: NewcomerSource, example: Float32Array): number {
  return means.answer(example[index.places.user] ?? 0, example[index.places.item] ?? 0);
}
