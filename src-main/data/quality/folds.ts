/** Folds for probabilities of rows by models that have not seen them. */
import { randomSource, shuffle } from '../random';

/**
 * A fold per row, each class spread evenly over them.
 * @param labels class index per row; rows with -1 get fold -1.
 */
export function assignFolds(labels: Int32Array, folds: number, seed: number): Int32Array {
  const assigned = new Int32Array(labels.length).fill(-1);
  const order = Int32Array.from(labels.keys());
  shuffle(order, randomSource(seed, 7));
  const next = new Map<number, number>();
  for (const row of order) {
    const label = labels[row] ?? -1;
    if (label < 0) continue;
    const fold = next.get(label) ?? label % folds;
    assigned[row] = fold;
    next.set(label, (fold + 1) % folds);
  }
  return assigned;
}
