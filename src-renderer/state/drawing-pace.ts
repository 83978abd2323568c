/**
 * How long the window waits between two drawings of a run that trains. Every drawing takes processor time from the training, and
 * makes all its threads wait for the one that was held up, so a drawing may cost only so much of the time to the next.
 */

/** Of one processor core. */
const SHARE = 0.02;
const SHORTEST_MS = 250;
const LONGEST_MS = 2000;
/** Of the last drawing's cost in the running mean, so that one slow frame does not slow the next ones down. */
const NEWEST = 0.3;

export class DrawingPace {
  #cost = 0;

  /** Milliseconds from one drawing to the next. */
  get milliseconds(): number {
    return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, this.#cost / SHARE));
  }

  /** @param cost milliseconds that a drawing took of the page's thread, scripts, layout and painting. */
  drew(cost: number): void {
    this.#cost = this.#cost === 0 ? cost : this.#cost + NEWEST * (cost - this.#cost);
  }
}
