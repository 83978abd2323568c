/** The runs that wait to be trained, in their order; what a person does with it, and where a run stands in it. */
import type { QueueMove, RunQueueView } from '../../src-main/contract';
import { client } from '../ipc/client';
import { onNotice } from './notices';
import { toasts } from './toasts.svelte';

class Queue {
  #view = $state.raw<RunQueueView>({ waiting: [], training: 0, atOnce: 1, held: false });
  #reading: Promise<void> | null = null;
  #stale = false;

  get waiting(): RunQueueView['waiting'] {
    return this.#view.waiting;
  }
  get atOnce(): number {
    return this.#view.atOnce;
  }
  /** Nothing is called up until a person says so. */
  get held(): boolean {
    return this.#view.held;
  }

  /** From 1; null where the run does not wait. */
  placeOf(runId: string): number | null {
    const index = this.waiting.findIndex((run) => run.runId === runId);
    return index < 0 ? null : index + 1;
  }

  follow(): void {
    const read = () => void this.reload().catch((error: unknown) => toasts.error(error));
    read();
    onNotice('runs-changed', read);
  }

  /** A call during a reading is answered by one more reading after it. */
  async reload(): Promise<void> {
    this.#stale = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = null));
    await this.#reading;
  }

  async #read(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      this.#view = await client.queue.view();
    }
  }

  move = (id: string, to: QueueMove) => this.#change(client.queue.move({ id, to }));
  startNow = (id: string) => this.#change(client.queue.startNow({ id }));
  remove = (id: string) => this.#change(client.queue.remove({ ids: [id] }));
  hold = (held: boolean) => this.#change(client.queue.hold({ held }));

  async #change(work: Promise<void>): Promise<void> {
    try {
      await work;
      await this.reload();
    } catch (error) {
      toasts.error(error);
    }
  }
}

export const queue = new Queue();
