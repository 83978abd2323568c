/** Whether a run is better or was lucky, in words: differences in points of percent, intervals with signs, p values. */
import type { MeanDifference } from '../../../../src-main/catalog';
import type { ComparedPair } from '../../../../src-main/contract';
import { formatNumber, m } from '../../../i18n';
import { isShare } from '../../train/metric-words';

/** "1.2 points" of shares, else the number. */
export function amountWords(score: string, value: number): string {
  return isShare(score) ? m.compare_points({ value: formatNumber(100 * value, 1) }) : number(value);
}

/** With its sign, and without the unit of shares, as ends of intervals and ticks are read. */
export function signedWords(score: string, value: number): string {
  const size = isShare(score) ? formatNumber(Math.abs(100 * value), 1) : number(Math.abs(value));
  const isZero = Number(Math.abs(isShare(score) ? 100 * value : value).toPrecision(6)) === 0;
  return isZero ? size : `${value > 0 ? '+' : '−'}${size}`;
}

function number(value: number): string {
  return formatNumber(Number(value.toPrecision(3)));
}

export function pWords(p: number): string {
  return p < 0.001 ? '< 0.001' : formatNumber(p, 3);
}

/** "B is better than A by 1.2 points." or "A tie: …", with the interval. */
export function pairWords(
  pair: Pick<ComparedPair, 'verdict' | 'difference' | 'low' | 'high'>,
  { score, other, reference, comparisons }: { score: string; other: string; reference: string; comparisons: number },
): string {
  const { verdict, difference, low, high } = pair;
  if (verdict === 'tie') return tieWords(pair, { score, other, reference, count: comparisons });
  const by = amountWords(score, Math.abs(difference));
  const isWholly = (low ?? 0) * (high ?? 0) >= 0;
  const ends = isWholly ? [Math.abs(low ?? 0), Math.abs(high ?? 0)].sort((a, b) => a - b) : [low ?? 0, high ?? 0];
  const [from, to] = ends.map((end) => (isWholly ? plain(score, end) : signedWords(score, end)));
  const words = { other, reference, by, from: from ?? '', to: to ?? '' };
  return verdict === 'better' ? m.compare_better(words) : m.compare_worse(words);
}

function tieWords(
  { difference, low, high }: Pick<ComparedPair, 'difference' | 'low' | 'high'>,
  { score, ...names }: { score: string; other: string; reference: string; count: number },
): string {
  if (difference === 0) return m.compare_equal(names);
  const [by, from, to] = [difference, low ?? NaN, high ?? NaN].map((value) => signedWords(score, value));
  const size = isShare(score) ? m.compare_points({ value: by ?? '' }) : (by ?? '');
  const words = { ...names, difference: size, from: from ?? '', to: to ?? '' };
  // By itself the interval leaves out 0; what Holm says of all of them together decides.
  return (low ?? 0) * (high ?? 0) > 0 ? m.compare_tie_of_many(words) : m.compare_tie(words);
}

function plain(score: string, value: number): string {
  return isShare(score) ? formatNumber(100 * value, 1) : number(value);
}

/** What the means of two setups over seeds say of each other. */
export function groupWords(found: MeanDifference, score: string, other: string, reference: string): string {
  const by = signedWords(score, found.value);
  const words = {
    ...{ other, reference, from: signedWords(score, found.low), to: signedWords(score, found.high) },
    difference: isShare(score) ? m.compare_points({ value: by }) : by,
  };
  return found.low <= 0 && found.high >= 0 ? m.compare_seeds_tie(words) : m.compare_seeds_differ(words);
}
