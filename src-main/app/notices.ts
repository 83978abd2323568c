/** Pushes notices to the window: the first at once, a flood of the same kind as one every quarter of a second. */
import type { Notice } from '../contract';

const INTERVAL_MS = 250;

export class Notices {
  readonly #send: (notice: Notice) => void;
  /** Those sent lately; true where another came meanwhile. */
  readonly #recent = new Map<Notice, boolean>();

  constructor(send: (notice: Notice) => void) {
    this.#send = send;
  }

  push(notice: Notice): void {
    if (this.#recent.has(notice)) {
      this.#recent.set(notice, true);
      return;
    }
    this.#send(notice);
    this.#recent.set(notice, false);
    setTimeout(() => {
      const again = this.#recent.get(notice);
      this.#recent.delete(notice);
      if (again) this.push(notice);
    }, INTERVAL_MS);
  }
}
