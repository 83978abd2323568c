/** Rows in the order of how sure a model is, renewed as it learns without moving what a person has seen. */
import type { Proposals } from '../../../../src-main/contract';

export type SureOrder = 'least' | 'most';

/**
 * @param fixed rows that stay where they are, in front. @param open whether a row had no label when the list was opened.
 * @returns the rows that are fixed, then all others without a label as the proposals have them.
 */
export function sureOrder(
  proposals: Proposals,
  order: SureOrder,
  fixed: Int32Array,
  open: ReadonlySet<number>,
): Int32Array {
  const seen = new Set(fixed);
  const places = Int32Array.from(proposals.rows.keys()).filter((place) => {
    const row = proposals.rows[place] ?? -1;
    return open.has(row) && !seen.has(row);
  });
  if (order === 'most') {
    const sure = (place: number) => proposals.confidence[place] ?? Number.NaN;
    places.sort((one, other) => (sure(other) || 0) - (sure(one) || 0) || one - other);
  }
  return Int32Array.from([...fixed, ...places.map((place) => proposals.rows[place] ?? -1)]);
}
