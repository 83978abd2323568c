/** What a person labels in each dataset, kept while the window is open, so that the tab is found as it was left. */
import { SvelteMap } from 'svelte/reactivity';

interface Choice {
  readonly column: string | null;
  /** Null for the kind of the column's type. */
  readonly kind: string | null;
  /** Null for the first. */
  readonly queue: string | null;
  /** Counts how often the queue was opened anew. */
  readonly round: number;
}
const none: Choice = { column: null, kind: null, queue: null, round: 0 };

class LabelChoice {
  readonly #choices = new SvelteMap<string, Choice>();
  /** Whether a label moves on to the next row where its kind says so. */
  movesOn = $state(true);

  of(datasetId: string): Choice {
    return this.#choices.get(datasetId) ?? none;
  }

  set(datasetId: string, changed: Partial<Omit<Choice, 'round'>>): void {
    this.#choices.set(datasetId, { ...this.of(datasetId), ...changed });
  }

  /** Opens the queue again, from its beginning. */
  reopen(datasetId: string): void {
    const choice = this.of(datasetId);
    this.#choices.set(datasetId, { ...choice, round: choice.round + 1 });
  }
}

export const labelChoice = new LabelChoice();
