/** What an answer about a user or an item that no training row has rests on, in a sentence or two. */
import type { Newcomer } from '../../../src-main/contract';
import { m } from '../../i18n';

export function newcomerWords({ user, item, answeredBy }: Newcomer): string {
  if (answeredBy === 'network') {
    if (user === 'features' && item === 'features') return m.ratings_rests_both();
    return item === 'features' ? m.ratings_rests_item() : m.ratings_rests_user();
  }
  const why = user === 'unseen' || item === 'unseen' ? m.ratings_rests_unseen() : m.ratings_rests_nothing();
  if (user === 'ratings') return `${why} ${m.ratings_rests_mean_user()}`;
  return `${why} ${item === 'ratings' ? m.ratings_rests_mean_item() : m.ratings_rests_mean()}`;
}
