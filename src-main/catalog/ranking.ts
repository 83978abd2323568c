/** How well an output ranks the rows of a class before all others: areas under ROC and precision–recall curves. */
import { normalQuantile, type Interval } from './intervals';
import type { ClassPredictions, Statistic } from './score-definitions';

/** Above this many classes "one against the rest" says little, and costs a sorting each. */
const mostClasses = 100;

/** Rows ordered by one class's output. */
export interface Ranking {
  /** Rows, the largest output first. */
  readonly order: Int32Array;
  /** Of each group of equal outputs, the place in `order` after its last row. */
  readonly ends: Int32Array;
  /** 1 for rows of the class, by row. */
  readonly positive: Uint8Array;
}

/** @param index of the class whose output ranks the rows. */
export function rankingOf({ actual, outputs, classes }: ClassPredictions, index: number): Ranking {
  const rows = actual.length;
  const values = Float32Array.from({ length: rows }, (_, row) => outputs[row * classes + index] ?? NaN);
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  order.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const ends: number[] = [];
  for (let place = 1; place <= rows; place++) {
    if (place === rows || values[order[place] ?? 0] !== values[order[place - 1] ?? 0]) ends.push(place);
  }
  return { order, ends: Int32Array.from(ends), positive: Uint8Array.from(actual, (one) => (one === index ? 1 : 0)) };
}

/**
 * The classes that are ranked against the rest: all that occur, but of two only the rarer one (of equal ones the second),
 * which is the one that is looked for.
 */
export function rankedClasses({ actual, classes }: ClassPredictions): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const one of actual) counts[one] = (counts[one] ?? 0) + 1;
  if (classes === 2) return [(counts[0] ?? 0) < (counts[1] ?? 0) ? 0 : 1];
  return classes > mostClasses ? [] : [...counts.keys()].filter((index) => (counts[index] ?? 0) > 0);
}

/** Calls with the class's rows and the other rows of each group of equal outputs, the largest outputs first. */
function eachGroup(ranking: Ranking, counts: Int32Array, visit: (positives: number, negatives: number) => void): void {
  const { order, ends, positive } = ranking;
  let place = 0;
  for (const end of ends) {
    let positives = 0;
    let all = 0;
    for (; place < end; place++) {
      const row = order[place] ?? 0;
      const count = counts[row] ?? 0;
      all += count;
      if (positive[row] === 1) positives += count;
    }
    if (all > 0) visit(positives, all - positives);
  }
}

/** The chance that a row of the class has a larger output than another row; ties count half (Mann and Whitney 1947). */
export function rocArea(ranking: Ranking): Statistic {
  return (counts) => {
    let [above, below, wins] = [0, 0, 0];
    eachGroup(ranking, counts, (positives, negatives) => {
      wins += negatives * (above + positives / 2);
      above += positives;
      below += negatives;
    });
    return wins / (above * below);
  };
}

/** Average precision, Σ (recall step) · precision: the area under the precision–recall curve without interpolation. */
export function averagePrecision(ranking: Ranking): Statistic {
  return (counts) => {
    let [hits, seen, sum] = [0, 0, 0];
    eachGroup(ranking, counts, (positives, negatives) => {
      hits += positives;
      seen += positives + negatives;
      sum += positives * (hits / seen);
    });
    return sum / hits;
  };
}

/** The mean over the ranked classes of a statistic of each. */
export function meanOverClasses(rows: ClassPredictions, area: (ranking: Ranking) => Statistic): Statistic {
  const statistics = rankedClasses(rows).map((index) => area(rankingOf(rows, index)));
  return (counts) => statistics.reduce((sum, statistic) => sum + statistic(counts), 0) / statistics.length;
}

/**
 * The interval of the mean ROC area by DeLong, DeLong and Clarke-Pearson (1988): each row's share in the variance, added up
 * over the classes before it is squared, so that what the classes have in common counts.
 * @returns null where a class or its rest has fewer than two rows, or no row is ranked wrong.
 */
export function rocInterval(rows: ClassPredictions, value: number): Interval | null {
  const ranked = rankedClasses(rows);
  const shares = new Float64Array(rows.actual.length);
  for (const index of ranked) addShares(rankingOf(rows, index), shares);
  const variance = shares.reduce((sum, share) => sum + (share / ranked.length) ** 2, 0);
  if (!(variance > 0) || !Number.isFinite(variance)) return null;
  const half = normalQuantile * Math.sqrt(variance);
  return { low: Math.max(0, value - half), high: Math.min(1, value + half) };
}

/** Adds (V − area) / √(m (m − 1)) of each row, V being the share of the other side that the row is ranked right against. */
function addShares(ranking: Ranking, shares: Float64Array): void {
  const { order, ends, positive } = ranking;
  const ones = new Int32Array(order.length).fill(1);
  const area = rocArea(ranking)(ones);
  const positives = positive.reduce((sum, one) => sum + one, 0);
  const negatives = order.length - positives;
  let [above, below, place, group] = [0, 0, 0, 0];
  eachGroup(ranking, ones, (here, others) => {
    const ofPositive = (negatives - below - others / 2) / negatives;
    const ofNegative = (above + here / 2) / positives;
    for (const end = ends[group++] ?? 0; place < end; place++) {
      const row = order[place] ?? 0;
      const [right, size] = positive[row] === 1 ? [ofPositive, positives] : [ofNegative, negatives];
      shares[row] = (shares[row] ?? 0) + (right - area) / Math.sqrt(size * (size - 1));
    }
    above += here;
    below += others;
  });
}
