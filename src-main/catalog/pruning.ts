/** What pruners share: how good a trial was by an epoch. */

/**
 * @returns the best of the first epochs as a loss, to be low; infinite where a value is no number, as of weights that grew beyond
 *   all bounds.
 */
export function bestUntil(curve: readonly number[], epoch: number, better: 'higher' | 'lower'): number {
  const losses = curve.slice(0, epoch).map((value) => (better === 'higher' ? -value : value));
  return losses.reduce((best, loss) => (loss < best ? loss : best), Infinity);
}
