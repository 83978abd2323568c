/** Rows without a label in the order of how sure a model is of them. */
import { client } from '../../../ipc/client';
import type { OpenQueue } from '../label-queues';
import { assist, type ColumnPlace } from './assist.svelte';
import { sureOrder, type SureOrder } from './sure-order';

export class SureQueue implements OpenQueue {
  readonly #place: ColumnPlace;
  readonly #order: SureOrder;
  /** Rows without a label when it was opened. */
  #open = $state.raw<ReadonlySet<number> | null>(null);
  #error = $state.raw<unknown>(null);
  #ended = false;
  /** Positions that were asked for: their rows are on the screen, or were. */
  #seen = 0;
  #last: Int32Array = new Int32Array(0);
  readonly #rows = $derived.by(() => {
    const proposals = assist.proposalsOf(this.#place);
    if (!proposals || !this.#open) return null;
    this.#last = sureOrder(proposals, this.#order, this.#last.slice(0, this.#seen), this.#open);
    return this.#last;
  });

  constructor(place: ColumnPlace, order: SureOrder) {
    this.#place = place;
    this.#order = order;
    void this.#read();
  }

  get total(): number | null {
    return this.#rows?.length ?? null;
  }
  get error(): unknown {
    return this.#error;
  }
  index(position: number): number | null {
    return this.#rows?.[position] ?? null;
  }
  want(_first: number, end: number): void {
    this.#seen = Math.max(this.#seen, end);
  }
  proposal(index: number) {
    return assist.proposal(this.#place, index);
  }
  end(): void {
    this.#ended = true;
  }

  async #read(): Promise<void> {
    try {
      const rows = await client.labels.rows({ ...this.#place, which: 'unlabelled' });
      if (!this.#ended) this.#open = new Set(rows);
    } catch (error) {
      this.#error = error;
    }
  }
}
