/** Where a confusion matrix is worth looking first. */
export interface Cell {
  readonly actual: number;
  readonly predicted: number;
}

/**
 * @param counts `counts[actual][predicted]`.
 * @returns the most frequent mistake; without any, the class answered right most often; null where nothing was counted.
 */
export function largestMistake(counts: readonly (readonly number[])[]): Cell | null {
  const cells = counts.flatMap((row, actual) => row.map((count, predicted) => ({ actual, predicted, count })));
  const counted = cells.filter((cell) => cell.count > 0);
  const mistakes = counted.filter((cell) => cell.actual !== cell.predicted);
  const [first] = (mistakes.length > 0 ? mistakes : counted).toSorted((a, b) => b.count - a.count);
  return first ? { actual: first.actual, predicted: first.predicted } : null;
}
