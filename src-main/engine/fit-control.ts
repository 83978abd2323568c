/** Pause, resume, stop and cancel of a loop, between two steps. Gives the process time to hear commands. */
export class FitControl {
  readonly signal: AbortSignal;
  readonly #onPause: (paused: boolean) => void;
  #paused = false;
  #stopped = false;
  #wake: (() => void) | null = null;
  #breathed = performance.now();
  #pausedTime = 0;

  /**
   * @param signal aborts: `between` throws its reason.
   * @param onPause is told when the loop really waits (true) and works again (false).
   */
  constructor(
    signal: AbortSignal = new AbortController().signal,
    onPause: (paused: boolean) => void = () => undefined,
  ) {
    this.signal = signal;
    this.#onPause = onPause;
    signal.addEventListener('abort', () => this.#wake?.());
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#wake?.();
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }

  /** Milliseconds spent, pauses left out. */
  workingTime(): number {
    return performance.now() - this.#pausedTime;
  }

  /**
   * To be awaited between steps: every 20 ms it lets the process read its messages, and it waits while paused.
   * @throws the signal's reason where it is aborted.
   */
  async between(): Promise<'go' | 'stop'> {
    if (performance.now() - this.#breathed > 20) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#breathed = performance.now();
    }
    if (this.#paused && !this.#stopped) await this.#waitForPerson();
    this.signal.throwIfAborted();
    return this.#stopped ? 'stop' : 'go';
  }

  async #waitForPerson(): Promise<void> {
    const since = performance.now();
    this.#onPause(true);
    while (this.#paused && !this.#stopped && !this.signal.aborted) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    this.#wake = null;
    this.#pausedTime += performance.now() - since;
    this.#onPause(false);
  }
}
