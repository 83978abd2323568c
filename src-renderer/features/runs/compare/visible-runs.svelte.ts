/** The runs of a comparison that are shown, as the person chooses, shows and hides them. */
import { mostTestedTogether, type Run } from '../../../../src-main/contract';
import { assignSlots, follow, noSlots, type ShownRun, type Slots } from './visible-runs';

export class VisibleRuns {
  #shown = $state.raw<readonly string[]>([]);
  #slots = $state.raw<Slots>(noSlots);
  #known: readonly string[] = [];

  get isFull(): boolean {
    return this.#shown.length >= mostTestedTogether;
  }

  isShown(id: string): boolean {
    return this.#shown.includes(id);
  }

  /** The shown ones in the order of choosing. */
  of(runs: readonly Run[]): ShownRun[] {
    return runs.flatMap((run) => {
      const slot = this.#slots.get(run.id);
      return slot === undefined ? [] : [{ run, slot }];
    });
  }

  /** To be called with each change of the choice. */
  follow(chosen: readonly string[]): void {
    this.#show(follow(this.#shown, this.#known, chosen));
    this.#known = chosen;
  }

  toggle(id: string): void {
    if (this.isShown(id)) this.#show(this.#shown.filter((other) => other !== id));
    else if (!this.isFull) this.#show([...this.#shown, id]);
  }

  #show(ids: readonly string[]): void {
    this.#shown = ids;
    this.#slots = assignSlots(this.#slots, ids);
  }
}
