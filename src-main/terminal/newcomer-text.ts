/** What an answer about a user or an item that no training row has rests on, in words. */
import type { Newcomer, RatingBasis } from '../contract';

const words: Readonly<Record<RatingBasis, string>> = {
  ratings: '',
  features: 'by what is known of it',
  unseen: 'as the network sees nothing but ratings',
  nothing: 'nothing known',
};

/** e.g. `new item, by what is known of it`, `new item, nothing known: the user's mean`. */
export function newcomerText({ user, item, answeredBy }: Newcomer): string {
  const parts = [
    user === 'ratings' ? [] : [`new user, ${words[user]}`],
    item === 'ratings' ? [] : [`new item, ${words[item]}`],
  ];
  const said = parts.flat().join('; ');
  return answeredBy === 'network' ? said : `${said}: ${meanOf(user, item)}`;
}

function meanOf(user: RatingBasis, item: RatingBasis): string {
  if (user === 'ratings') return "the user's mean";
  return item === 'ratings' ? "the item's mean" : 'the mean of all ratings';
}
