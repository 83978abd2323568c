/**
 * How strongly each setting goes with a figure over some runs: Spearman's rank correlation for numbers, the correlation ratio
 * of ranks (η, as in Kruskal and Wallis 1952) for choices. What chance alone would give is found by shuffling the figures of
 * few runs; of many by Student's t and by F of the ranks (Conover and Iman 1981).
 * It is no cause: settings that were changed together can't be told apart.
 */
import { generator } from '../random';
import { fBeyond } from './distributions';
import { holm } from './holm';

/** With fewer runs nothing is said. */
export const fewestForImportance = 6;
const shuffles = 999;
/** From so many runs on the distributions are near enough, and shuffling would hold up the window. */
const many = 30;
const seed = 1904;

export interface SettingValues {
  readonly id: string;
  /** One per run; null where a run has none. */
  readonly values: readonly (number | string | boolean | null)[];
}

export interface Importance {
  readonly id: string;
  /** 0–1: the size of the correlation. */
  readonly strength: number;
  /** Whether the figure grows with the setting, 1, or falls, −1; 0 for choices. */
  readonly direction: -1 | 0 | 1;
  /** That it is chance, after Holm over all settings. */
  readonly p: number;
  /** Runs that have both. */
  readonly runs: number;
}

/** @param figures one per run; runs without one are left out. @returns the strongest first; none for too few runs. */
export function importanceOf(settings: readonly SettingValues[], figures: readonly (number | null)[]): Importance[] {
  const measured = settings.flatMap((setting) => measure(setting, figures) ?? []);
  const adjusted = holm(measured.map(({ p }) => p));
  return measured
    .map((one, at) => ({ ...one, p: adjusted[at] ?? 1 }))
    .sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
}

function measure({ id, values }: SettingValues, figures: readonly (number | null)[]): Importance | null {
  const places = [...values.keys()].filter((at) => values[at] !== null && Number.isFinite(figures[at] ?? NaN));
  const own = places.map((at) => values[at] ?? null);
  if (places.length < fewestForImportance || new Set(own).size < 2) return null;
  const ranks = ranksOf(places.map((at) => figures[at] ?? 0));
  const numbers = own.every((value) => typeof value === 'number') ? ranksOf(own.map(Number)) : null;
  const statistic = numbers ? (shuffled: Float64Array) => correlation(numbers, shuffled) : ratioOver(own.map(String));
  const value = statistic(ranks);
  const direction = numbers === null || value === 0 ? 0 : value > 0 ? 1 : -1;
  const count = places.length;
  // With one degree of freedom F is the square of t.
  const between = numbers ? 1 : new Set(own).size - 1;
  const p = count < many ? chance(statistic, ranks) : fBeyond(value ** 2, between, count - 1 - between);
  return { id, strength: Math.abs(value), direction, p, runs: count };
}

/** The share of shuffles at least as strong, the figures as they are among them. */
function chance(statistic: (ranks: Float64Array) => number, ranks: Float64Array): number {
  const next = generator(seed);
  const shuffled = ranks.slice();
  const size = Math.abs(statistic(ranks)) - 1e-12;
  let asStrong = 1;
  for (let turn = 0; turn < shuffles; turn++) {
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = Math.floor((next() / 0x1_0000_0000) * (last + 1));
      [shuffled[last], shuffled[other]] = [shuffled[other] ?? 0, shuffled[last] ?? 0];
    }
    if (Math.abs(statistic(shuffled)) >= size) asStrong++;
  }
  return asStrong / (shuffles + 1);
}

/** From 1; equal values share the mean of their ranks. */
export function ranksOf(values: readonly number[]): Float64Array {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++;
    for (let at = from; at < to; at++) ranks[order[at] ?? 0] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Pearson's, which of ranks is Spearman's; 0 where one of them does not vary. */
function correlation(a: Float64Array, b: Float64Array): number {
  const middle = (a.length + 1) / 2;
  let [products, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [(a[at] ?? 0) - middle, (b[at] ?? 0) - middle];
    products += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? 0 : products / Math.sqrt(ofA * ofB);
}

/** The root of the share of the ranks' variance that lies between the groups. */
function ratioOver(groups: readonly string[]): (ranks: Float64Array) => number {
  const names = [...new Set(groups)];
  const places = Int32Array.from(groups, (name) => names.indexOf(name));
  const middle = (groups.length + 1) / 2;
  return (ranks) => {
    const sums = new Float64Array(names.length);
    const counts = new Float64Array(names.length);
    let all = 0;
    for (const [at, place] of places.entries()) {
      const away = (ranks[at] ?? 0) - middle;
      sums[place] = (sums[place] ?? 0) + away;
      counts[place] = (counts[place] ?? 0) + 1;
      all += away * away;
    }
    const between = sums.reduce((total, sum, place) => total + (sum * sum) / (counts[place] ?? 1), 0);
    return all === 0 ? 0 : Math.sqrt(between / all);
  };
}
