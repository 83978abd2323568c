/**
 * Multinomial logistic regression on sparse rows, trained by AdaGrad (Duchi, Hazan and Singer, 2011) with an L2 penalty: quick
 * and good enough to say which labels of a text column are surprising.
 */
import { randomSource, shuffle } from '../random';
import type { SparseRows } from './text-features';

export interface RegressionSettings {
  readonly classes: number;
  readonly epochs: number;
  readonly rate: number;
  /** Penalty of each weight's square, per example. */
  readonly penalty: number;
  readonly seed: number;
}

export interface Regression {
  /** `width × classes`, then one bias per class. */
  readonly weights: Float32Array;
  readonly classes: number;
}

/** @param rows indices of those to learn from. @param labels class index per row of `data`. */
export function trainRegression(
  data: SparseRows,
  labels: Int32Array,
  rows: Int32Array,
  { classes, epochs, rate, penalty, seed }: RegressionSettings,
): Regression {
  const weights = new Float32Array((data.width + 1) * classes);
  const squares = new Float32Array(weights.length).fill(1e-3);
  const scores = new Float64Array(classes);
  const order = Int32Array.from(rows);
  const random = randomSource(seed);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const row of order) {
      score(data, row, { weights, classes }, scores);
      const label = labels[row] ?? 0;
      scores[label] = (scores[label] ?? 0) - 1;
      const end = data.starts[row + 1] ?? 0;
      for (let at = data.starts[row] ?? 0; at <= end; at += 1) {
        // Past the last feature stands the bias, which every row has.
        const isBias = at === end;
        const place = (isBias ? data.width : (data.features[at] ?? 0)) * classes;
        const value = isBias ? 1 : (data.values[at] ?? 0);
        for (let one = 0; one < classes; one += 1) {
          const weight = weights[place + one] ?? 0;
          const gradient = (scores[one] ?? 0) * value + (isBias ? 0 : penalty * weight);
          const square = (squares[place + one] ?? 0) + gradient * gradient;
          squares[place + one] = square;
          weights[place + one] = weight - (rate * gradient) / Math.sqrt(square);
        }
      }
    }
  }
  return { weights, classes };
}

/** Probability of each class for one row, written into `scores`. */
export function score(data: SparseRows, row: number, { weights, classes }: Regression, scores: Float64Array): void {
  const bias = data.width * classes;
  for (let one = 0; one < classes; one += 1) scores[one] = weights[bias + one] ?? 0;
  const end = data.starts[row + 1] ?? 0;
  for (let at = data.starts[row] ?? 0; at < end; at += 1) {
    const place = (data.features[at] ?? 0) * classes;
    const value = data.values[at] ?? 0;
    for (let one = 0; one < classes; one += 1) scores[one] = (scores[one] ?? 0) + value * (weights[place + one] ?? 0);
  }
  let largest = -Infinity;
  for (const value of scores) largest = Math.max(largest, value);
  let sum = 0;
  for (let one = 0; one < classes; one += 1) sum += scores[one] = Math.exp((scores[one] ?? 0) - largest);
  for (let one = 0; one < classes; one += 1) scores[one] = (scores[one] ?? 0) / sum;
}
