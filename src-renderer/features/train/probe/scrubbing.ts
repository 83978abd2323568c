/** Going through the epochs of a training where not every one was read: from one that was to the next that was. */

/**
 * @param epochs that were read, ascending. @param at the place among them that is looked at. @param epoch that is wanted.
 * @returns the place of that one, or of the next beyond it as seen from where it was: a step never stands still.
 */
export function placeTowards(epochs: readonly number[], at: number, epoch: number): number {
  const from = epochs[at] ?? 0;
  if (epoch === from) return at;
  if (epoch < from)
    return Math.max(
      0,
      epochs.findLastIndex((one) => one <= epoch),
    );
  const place = epochs.findIndex((one) => one >= epoch);
  return place === -1 ? epochs.length - 1 : place;
}
