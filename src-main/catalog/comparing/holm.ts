/**
 * Many comparisons at once find "something" by chance alone. Holm's step-down (1979) makes the p values larger, so that the
 * chance of even one false find among all of them stays at 5 %.
 */

/** @returns the adjusted p values in the given order, each at most 1. */
export function holm(p: readonly number[]): number[] {
  const order = [...p.keys()].sort((a, b) => (p[a] ?? 1) - (p[b] ?? 1));
  const adjusted = p.map(() => 1);
  let largest = 0;
  for (const [rank, place] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (p.length - rank) * (p[place] ?? 1)));
    adjusted[place] = largest;
  }
  return adjusted;
}
