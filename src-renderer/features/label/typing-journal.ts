/**
 * Brings what is typed into the journal while it is typed: the first letter at once, what follows it at most every 250 ms, so
 * that an app that is killed loses no more than that. Letters up to a pause are one step of undo.
 */

/** From one entry of the journal to the next, in ms. */
const PACE = 250;
/** Whoever stops for so long, in ms, begins a new step. */
const PAUSE = 2000;

type Write = (row: number, value: string | null, continues: boolean) => Promise<boolean>;

export class TypingJournal {
  readonly #write: Write;
  /** What is not in the journal yet. */
  #waiting: { readonly row: number; readonly text: string } | null = null;
  /** The row whose step is still open. */
  #open: number | null = null;
  #pace: ReturnType<typeof setTimeout> | null = null;
  #pause: ReturnType<typeof setTimeout> | null = null;
  #last: Promise<boolean> = Promise.resolve(true);

  /** @param write journals a row's cell; with `continues` in the place of what it wrote last. */
  constructor(write: Write) {
    this.#write = write;
  }

  type(row: number, text: string): void {
    this.#waiting = { row, text };
    if (this.#pace === null) this.#put();
    if (this.#pause !== null) clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.leave(), PAUSE);
  }

  /** Ends the step. @returns whether the last of what was typed is kept */
  leave(): Promise<boolean> {
    this.#put();
    for (const timer of [this.#pace, this.#pause]) if (timer !== null) clearTimeout(timer);
    [this.#pace, this.#pause, this.#open] = [null, null, null];
    return this.#last;
  }

  #put(): void {
    this.#pace = null;
    const waiting = this.#waiting;
    if (!waiting) return;
    const { row, text } = waiting;
    const value = text.trim();
    this.#waiting = null;
    this.#last = this.#write(row, value === '' ? null : value, this.#open === row);
    this.#open = row;
    this.#pace = setTimeout(() => this.#put(), PACE);
  }
}
