/**
 * Which found boxes are right, as the PASCAL VOC challenge counts (Everingham et al., IJCV 2010): surest first, each takes the box
 * of its class that it overlaps most, of those that none before has taken.
 */
import { overlapOf, type FoundBox, type Rectangle } from './overlap';

/** A rectangle that is there. */
export interface TrueBox extends Rectangle {
  readonly label: number;
}

/**
 * @param least overlap from which on a found box is the true one.
 * @returns for each found box, in their order, how far it overlaps the one it took; 0 where it took none.
 */
export function matchBoxes(found: readonly FoundBox[], there: readonly TrueBox[], least: number): number[] {
  const overlaps = found.map(() => 0);
  const taken = new Set<TrueBox>();
  const order = [...found.keys()].sort((one, other) => (found[other]?.score ?? 0) - (found[one]?.score ?? 0));
  for (const place of order) {
    const box = found[place];
    if (!box) continue;
    let best: { readonly of: TrueBox; readonly overlap: number } | null = null;
    for (const of of there) {
      if (of.label !== box.label || taken.has(of)) continue;
      const overlap = overlapOf(box, of);
      if (overlap >= least && overlap > (best?.overlap ?? 0)) best = { of, overlap };
    }
    if (!best) continue;
    taken.add(best.of);
    overlaps[place] = best.overlap;
  }
  return overlaps;
}
