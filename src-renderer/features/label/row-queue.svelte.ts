/** Rows in the order of their indices, all of them or some, asked for once when the queue is opened. */
import { client } from '../../ipc/client';
import { assist, type ColumnPlace } from './assist/assist.svelte';
import type { OpenQueue } from './label-queues';

export class RowQueue implements OpenQueue {
  readonly #place: ColumnPlace;
  #rows = $state.raw<Int32Array | null>(null);
  #error = $state.raw<unknown>(null);
  #ended = false;

  constructor(versionId: string, column: string, which: 'all' | 'unlabelled') {
    this.#place = { versionId, column };
    void this.#read(versionId, column, which);
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
  /** They are all at hand. */
  want(): void {}
  proposal(index: number) {
    return assist.proposal(this.#place, index);
  }
  end(): void {
    this.#ended = true;
  }

  async #read(versionId: string, column: string, which: 'all' | 'unlabelled'): Promise<void> {
    try {
      const rows = await client.labels.rows({ versionId, column, which });
      if (!this.#ended) this.#rows = rows;
    } catch (error) {
      this.#error = error;
    }
  }
}
