/**
 * Whether a network of ratings sees what is known of users and items beside who rated what. One that does can say something
 * of those that no training row has; of one that does not all of them get the same answer, of a row that was never learnt.
 */
import { predictRows, type FinishedModel } from '../evaluate';
import type { RatingsIndex } from './ratings-index';

export interface Sight {
  readonly user: boolean;
  readonly item: boolean;
}

/** As many that are known are asked about: descriptions of which the network makes nothing differ from none of them. */
const mostAsked = 200;

/** Told from answers about known users and items of which the network is given all but who they are. */
export function sightOf(finished: FinishedModel, index: RatingsIndex): Sight {
  return {
    user: answersDiffer(finished, index, index.users, (place) => index.describesUser(place)),
    item: answersDiffer(finished, index, index.items, (place) => index.describesItem(place)),
  };
}

function answersDiffer(
  finished: FinishedModel,
  { width, places }: RatingsIndex,
  known: RatingsIndex['items'],
  describes: (place: number) => boolean,
): boolean {
  const shown = Array.from({ length: width }, (_, place) => place).filter(
    (place) => place !== places.user && place !== places.item && describes(place),
  );
  const asked = [...known.values()].slice(0, mostAsked);
  if (shown.length === 0 || asked.length < 2) return false;
  const inputs = new Float32Array(asked.length * width);
  for (const [row, { values }] of asked.entries()) {
    for (const place of shown) inputs[row * width + place] = values[place] ?? 0;
  }
  const rows = Int32Array.from(asked.keys());
  const answers = predictRows(finished, { inputShape: [width], inputs, scale: 1 }, rows, asked.length);
  return answers.some(
    (answer) => Math.abs(answer - (answers[0] ?? NaN)) > 1e-6 * finished.targetScale.standardDeviation,
  );
}
