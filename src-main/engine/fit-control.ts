/** Pause, resume, stop and cancel of a loop, between two steps. Gives the process time to hear commands. */
import { WorkingClock } from './working-clock';

export class FitControl {
  readonly signal: AbortSignal;
  readonly #onPause: (paused: boolean) => void;
  #paused = false;
  #stopped = false;
  #leaves = false;
  #wake: (() => void) | null = null;
  #breathed = performance.now();
  readonly #clock = new WorkingClock();
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

  /** The loop ends with the epoch that is under way, to go on otherwise. */
  leaveAfterEpoch(): void {
    this.#leaves = true;
  }

  /** Whether it is to end with this epoch; asked once. */
  takeLeave(): boolean {
    const leaves = this.#leaves;
    this.#leaves = false;
    return leaves;
  }

  /** Milliseconds spent; pauses, and times in which the process or the machine stood, are left out. */
  workingTime(): number {
    return this.#clock.now() - this.#pausedTime;
  }

  /**
   * To be awaited between steps: every 20 ms it lets the process read its messages, and it waits while paused.
   * @param atRest is done once as a pause begins.
   * @throws the signal's reason where it is aborted.
   */
  async between(atRest: () => Promise<void> = () => Promise.resolve()): Promise<'go' | 'stop'> {
    if (performance.now() - this.#breathed > 20) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#breathed = performance.now();
    }
    if (this.#paused && !this.#stopped) await this.#waitForPerson(atRest);
    this.signal.throwIfAborted();
    return this.#stopped ? 'stop' : 'go';
  }

  async #waitForPerson(atRest: () => Promise<void>): Promise<void> {
    const since = this.#clock.now();
    this.#onPause(true);
    await atRest();
    while (this.#paused && !this.#stopped && !this.signal.aborted) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    this.#wake = null;
    this.#pausedTime += this.#clock.now() - since;
    this.#onPause(false);
  }
}
