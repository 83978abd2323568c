/**
 * Which of the chosen runs are shown with a curve, and the colour and dash that each keeps as long as it is shown, whatever
 * comes and goes beside it.
 */
import type { Run } from '../../../../src-main/contract';

/** Shown from the start; more on demand. */
export const shownAtFirst = 8;

/** Places of colours and dashes by run. */
export type Slots = ReadonlyMap<string, number>;
export const noSlots: Slots = new Map();

export interface ShownRun {
  readonly run: Run;
  /** 0-based; which colour and which dash. */
  readonly slot: number;
}

/** Those that were shown keep their slot; new ones take the lowest that is free. */
export function assignSlots(earlier: Slots, shown: readonly string[]): Slots {
  const kept = new Map([...earlier].filter(([id]) => shown.includes(id)));
  const taken = new Set(kept.values());
  for (const id of shown) {
    if (kept.has(id)) continue;
    let slot = 0;
    while (taken.has(slot)) slot++;
    taken.add(slot);
    kept.set(id, slot);
  }
  return kept;
}

/**
 * What is shown after the choice has changed: what was shown and is still chosen, and newly chosen runs as long as there is
 * room. One that the person has hidden stays hidden.
 * @param known all that were chosen before.
 */
export function follow(shown: readonly string[], known: readonly string[], chosen: readonly string[]): string[] {
  const kept = chosen.filter((id) => shown.includes(id));
  const room = Math.max(0, shownAtFirst - kept.length);
  const fresh = chosen.filter((id) => !known.includes(id)).slice(0, room);
  return chosen.filter((id) => kept.includes(id) || fresh.includes(id));
}
