/**
 * Boxes that a model proposes for the row in sight: taken one by one or all at once, or rejected. They stay while the person works on
 * the row, though it has a label from the first one taken on; undone, a box is proposed again. Labels are the editor's to set.
 */
import type { Box } from '../../../../src-main/contract';
import type { Proposal } from '../label-kinds';
import { parseBoxes } from './box-editor.svelte';

export interface Ghost {
  /** Among all that was proposed. */
  readonly place: number;
  readonly box: Box;
  /** 0 to 1. */
  readonly sure: number;
}

interface Seen {
  readonly row: number;
  readonly value: string;
  readonly from: string;
  readonly ghosts: readonly Ghost[];
}

/** A step that took boxes: as the cell was before, and whether it has changed since. */
interface Taken {
  readonly before: string | null;
  readonly places: readonly number[];
  isKept: boolean;
}

export class BoxProposals {
  #seen = $state.raw<Seen | null>(null);
  /** Places. */
  #gone = $state.raw<readonly number[]>([]);
  #rejected = $state.raw<readonly number[]>([]);
  #chosen = $state(-1);
  #taken: Taken[] = [];

  /** Whose they are, in words; null where nothing was proposed for the row. */
  get from(): string | null {
    return this.#seen?.from ?? null;
  }
  get count(): number {
    return this.#seen?.ghosts.length ?? 0;
  }
  get rejected(): number {
    return this.#rejected.length;
  }
  /** What is neither taken nor rejected, the surest first. */
  readonly left = $derived.by(() =>
    (this.#seen?.ghosts ?? []).filter(({ place }) => !this.#gone.includes(place) && !this.#rejected.includes(place)),
  );
  /** The one that keys take or reject; null where none is left. */
  readonly chosen = $derived(this.left.find(({ place }) => place === this.#chosen) ?? this.left[0] ?? null);

  /** To be called whenever row, cell or proposal change. @param proposal null once the row has a label. */
  see(row: number, value: string | null, proposal: Proposal | null): void {
    if (this.#seen && this.#seen.row !== row) this.#open(null);
    this.#takeBack(value);
    const isTouched = this.#gone.length > 0 || this.#rejected.length > 0;
    if (!proposal?.parts || value !== null || (this.#seen && (isTouched || this.#seen.value === proposal.value)))
      return;
    const { parts, from } = proposal;
    const boxes = parseBoxes(proposal.value) ?? [];
    const ghosts = boxes.map((box, place) => ({ place, box, sure: parts[place] ?? 0 }));
    this.#open({ row, value: proposal.value, from, ghosts });
  }

  choose(place: number): void {
    this.#chosen = place;
  }

  /** The next or previous of those that are left. @returns whether there is any */
  step(by: -1 | 1): boolean {
    const { length } = this.left;
    if (length === 0) return false;
    const at = this.left.findIndex(({ place }) => place === this.chosen?.place);
    this.#chosen = this.left[(at + by + length) % length]?.place ?? -1;
    return true;
  }

  /** @param before the cell as it is. @returns the boxes, to be set */
  take(ghosts: readonly Ghost[], before: string | null): readonly Box[] {
    const places = ghosts.map(({ place }) => place);
    this.#follow(places);
    this.#gone = [...this.#gone, ...places];
    this.#taken.push({ before, places, isKept: false });
    return ghosts.map(({ box }) => box);
  }

  reject({ place }: Ghost): void {
    this.#follow([place]);
    this.#rejected = [...this.#rejected, place];
  }

  bringBack(): void {
    this.#rejected = [];
  }

  /** What was taken was then removed by hand: it is not to come back with the cell's former value. */
  settle(): void {
    this.#taken = [];
  }

  #open(seen: Seen | null): void {
    this.#seen = seen;
    this.#gone = [];
    this.#rejected = [];
    this.#chosen = -1;
    this.#taken = [];
  }

  /** Keys go on with the one behind those that leave. */
  #follow(places: readonly number[]): void {
    const at = this.left.findIndex(({ place }) => places.includes(place));
    const next = this.left.slice(at + 1).find(({ place }) => !places.includes(place));
    this.#chosen = next?.place ?? -1;
  }

  #takeBack(value: string | null): void {
    const undone = this.#taken.findIndex(({ before, isKept }) => isKept && before === value);
    if (undone >= 0) {
      const back = this.#taken.slice(undone).flatMap(({ places }) => places);
      this.#taken = this.#taken.slice(0, undone);
      this.#gone = this.#gone.filter((place) => !back.includes(place));
      this.#chosen = Math.min(...back);
    }
    for (const taken of this.#taken) taken.isKept ||= taken.before !== value;
  }
}
