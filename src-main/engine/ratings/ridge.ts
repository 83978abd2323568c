/** Ridge regression: the weights of small squares whose sums come nearest to what is wanted (Hoerl and Kennard 1970). */

/**
 * @param rows `examples × features`. @param wanted one number for each example. @param penalties λ of each feature, above 0.
 * @returns the weights x with the least Σ (row · x − wanted)² + Σ λ · x², by the normal equations.
 */
export function ridge(
  rows: readonly (readonly number[])[],
  wanted: readonly number[],
  penalties: ArrayLike<number>,
): Float64Array {
  const size = penalties.length;
  const matrix = Array.from({ length: size }, (_, one) =>
    Float64Array.from({ length: size }, (__, other) => {
      const products = rows.reduce((sum, row) => sum + (row[one] ?? 0) * (row[other] ?? 0), 0);
      return products + (one === other ? (penalties[one] ?? 0) : 0);
    }),
  );
  const right = Float64Array.from({ length: size }, (_, one) =>
    rows.reduce((sum, row, at) => sum + (row[one] ?? 0) * (wanted[at] ?? 0), 0),
  );
  return solved(matrix, right);
}

/** By Cholesky's decomposition L · Lᵀ of a positive definite matrix, which is overwritten with L. */
function solved(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const at = (row: number, column: number) => matrix[row]?.[column] ?? 0;
  for (let row = 0; row < right.length; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = at(row, column);
      for (let k = 0; k < column; k++) rest -= at(row, k) * at(column, k);
      const values = matrix[row];
      if (values) values[column] = row === column ? Math.sqrt(rest) : rest / at(column, column);
    }
  }
  const half = new Float64Array(right.length);
  for (let row = 0; row < right.length; row++) {
    let rest = right[row] ?? 0;
    for (let k = 0; k < row; k++) rest -= at(row, k) * (half[k] ?? 0);
    half[row] = rest / at(row, row);
  }
  const answer = new Float64Array(right.length);
  for (let row = right.length - 1; row >= 0; row--) {
    let rest = half[row] ?? 0;
    for (let k = row + 1; k < right.length; k++) rest -= at(k, row) * (answer[k] ?? 0);
    answer[row] = rest / at(row, row);
  }
  return answer;
}
