/** Weights by which every class counts the same in the training loss, however many rows it has. */

/**
 * rows / (classes present · rows of the class): their mean over the training rows is 1, so the loss keeps its size.
 * @param targets class index of each row; @param rows those that are trained on.
 * @returns one weight per class; 0 for a class without training rows.
 */
export function balancedWeights(targets: ArrayLike<number>, rows: Int32Array, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const row of rows) {
    const target = targets[row] ?? -1;
    counts[target] = (counts[target] ?? 0) + 1;
  }
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : rows.length / (present * count)));
}
