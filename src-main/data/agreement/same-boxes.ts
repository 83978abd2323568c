/** Boxes of two people over one picture: which of them mean the same thing. */
import type { Box } from '../../contract';

/** Boxes that overlap by this share of what both cover are one (the measure of Pascal VOC). */
const LEAST_OVERLAP = 0.5;

/** Intersection over union of two rectangles, 0 to 1. */
export function overlapOf(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / (one.width * one.height + other.width * other.height - both);
}

/** How many pairs of one name there are, each box in one at most; those that overlap most are paired first. */
export function pairedBoxes(ones: readonly Box[], others: readonly Box[]): number {
  const pairs = ones.flatMap((one, first) =>
    others.flatMap((other, second) => {
      const overlap = one.label === other.label ? overlapOf(one, other) : 0;
      return overlap >= LEAST_OVERLAP ? [{ first, second, overlap }] : [];
    }),
  );
  pairs.sort((one, other) => other.overlap - one.overlap);
  const [taken, takenToo] = [new Set<number>(), new Set<number>()];
  for (const { first, second } of pairs) {
    if (taken.has(first) || takenToo.has(second)) continue;
    taken.add(first);
    takenToo.add(second);
  }
  return taken.size;
}
