/** How a network of ratings thinks that one user would rate some items. */
import { predictRows, type FinishedModel } from '../evaluate';
import type { RatingsIndex } from './ratings-index';

/** Rows in one call of the network: one user and all items are few numbers. */
const batchRows = 8192;

/** @param user and items by code, as `RatingsIndex.examples`. @returns one rating for each item, in the person's unit. */
export function predictRatings(
  finished: FinishedModel,
  index: RatingsIndex,
  user: number,
  items: readonly number[],
): Float32Array {
  const asked = { inputShape: [index.width], inputs: index.examples(user, items), scale: 1 };
  return predictRows(finished, asked, Int32Array.from(items.keys()), batchRows);
}
