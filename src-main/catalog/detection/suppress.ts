/** Greedy non-maximum suppression: of boxes that lie over each other, the one with the highest score stays. */
import { overlapOf, type FoundBox } from './overlap';

export interface Suppression {
  /** Boxes of one class that overlap more are one and the same thing. */
  readonly sameClass: number;
  /** The same for boxes of two classes; 1 for never. */
  readonly anyClass: number;
  /** Boxes that stay at most. */
  readonly most: number;
}

/** @returns what stays, the highest score first; of equal scores the earlier one. */
export function suppress(found: readonly FoundBox[], { sameClass, anyClass, most }: Suppression): FoundBox[] {
  const kept: FoundBox[] = [];
  for (const box of [...found].sort((one, other) => other.score - one.score)) {
    if (kept.length >= most) break;
    const isNew = kept.every((one) => overlapOf(one, box) <= (one.label === box.label ? sameClass : anyClass));
    if (isNew) kept.push(box);
  }
  return kept;
}
