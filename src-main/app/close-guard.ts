/**
 * Closing the window while something trains or searches asks first: in the window, or by the system's own dialogue where the
 * window does not answer. Whatever is chosen, nothing that was trained is lost.
 */
import type { CloseAnswer } from '../contract/bridge';

export interface CloseGuardOptions {
  /** Whether something would have to be stopped. */
  isBusy(): boolean;
  /** Puts the question to the window. */
  askWindow(): void;
  /** Puts it by the system's dialogue instead. */
  askSystem(): Promise<Exclude<CloseAnswer, 'shown'>>;
  /** Stops what trains, saves, interrupts what searches, and ends the app. */
  stopAndQuit(): Promise<void>;
  /** How long the window has to show the question. */
  patienceMs?: number;
}

const PATIENCE_MS = 3000;

export class CloseGuard {
  readonly #options: CloseGuardOptions;
  #waiting: NodeJS.Timeout | null = null;
  #asking = false;
  #leaving = false;

  constructor(options: CloseGuardOptions) {
    this.#options = options;
  }

  /** For the window's `close` event. @returns whether it may close now; otherwise the question is on its way. */
  mayClose(): boolean {
    if (this.#leaving || !this.#options.isBusy()) return true;
    if (!this.#asking) this.#ask();
    return false;
  }

  answer(answer: CloseAnswer): void {
    if (this.#waiting) clearTimeout(this.#waiting);
    this.#waiting = null;
    if (answer === 'shown') return;
    this.#asking = false;
    if (answer === 'stop') this.#leave();
  }

  #ask(): void {
    this.#asking = true;
    this.#options.askWindow();
    this.#waiting = setTimeout(() => {
      this.#waiting = null;
      void this.#options.askSystem().then((answer) => this.answer(answer));
    }, this.#options.patienceMs ?? PATIENCE_MS);
  }

  #leave(): void {
    if (this.#leaving) return;
    this.#leaving = true;
    void this.#options.stopAndQuit();
  }
}
