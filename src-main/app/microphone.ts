/** When the page may have the microphone: once, within seconds of its saying that a person wants to record. */

const OPEN_MS = 10_000;

export class MicrophoneGate {
  readonly #now: () => number;
  #until = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The next request is granted. */
  open(): void {
    this.#until = this.#now() + OPEN_MS;
  }

  /** @returns whether a request that has come may be granted; the next then needs another `open`. */
  take(): boolean {
    const isOpen = this.#now() < this.#until;
    this.#until = 0;
    return isOpen;
  }
}
