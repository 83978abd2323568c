/** The last live events of a job, kept so that a window that attaches late, or again, misses none and sees none twice. */
import type { LiveEvent } from '../contract';
import type { LivePort } from './host-channel';

/** At ten batch events a second this is a quarter of an hour; complete epochs are in the library anyway. */
const CAPACITY = 10_000;

export class LiveBuffer {
  readonly #watchers = new Set<LivePort>();
  #events: LiveEvent[] = [];

  push(event: LiveEvent): void {
    this.#events.push(event);
    // Trimmed in halves, so that a push costs O(1) on average.
    if (this.#events.length > 2 * CAPACITY) this.#events = this.#events.slice(-CAPACITY);
    for (const watcher of this.#watchers) watcher.post(event);
  }

  /** Sends what came after `seq` at once, and everything from now on. */
  attach(port: LivePort, seq: number): void {
    for (const event of this.#events) if (event.seq > seq) port.post(event);
    this.#watchers.add(port);
    port.onClose(() => this.#watchers.delete(port));
  }
}
