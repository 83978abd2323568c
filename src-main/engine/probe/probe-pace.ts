/**
 * After which epochs a run is read: after each as long as that takes at most 1 % of the epochs' time, else after every so
 * many that it does. Short epochs would then hardly be read at all, so a run is always given a second as a whole, and
 * never more readings than can be looked at. The first and the last epoch are always read.
 */

/** Of the epochs' time. */
const SHARE = 0.01;
/** Seconds over a whole run that readings may take beyond that. */
const ALLOWANCE = 1;
/** Of a run whose epochs are short, if they fit the allowance. */
export const WISHED = 64;
/** Of a run: what is kept of each takes some kilobytes. */
export const MOST = 400;

export class ProbePace {
  readonly #epochs: number;
  #cost = 0;
  #next = 0;

  /** @param epochs that are planned. */
  constructor(epochs: number) {
    this.#epochs = epochs;
  }

  /** Whether to read after this epoch; the first that is asked of and the last planned one always are. */
  isDue(epoch: number): boolean {
    return epoch >= this.#next || epoch === this.#epochs;
  }

  /** @param seconds that the reading took; the fastest counts, as the first ones prepare what later ones find. */
  read(epoch: number, epochSeconds: number, seconds: number): void {
    this.#cost = this.#cost === 0 ? seconds : Math.min(this.#cost, seconds);
    // The first does much for the first time: what a reading costs is known after the second.
    const isFirst = this.#next === 0 && seconds < ALLOWANCE;
    this.#next = epoch + (isFirst ? 1 : this.#interval(epochSeconds));
  }

  #interval(epochSeconds: number): number {
    const byShare = Math.ceil(this.#cost / SHARE / Math.max(epochSeconds, 1e-6));
    const byAllowance = Math.ceil(Math.max(this.#epochs / WISHED, (this.#epochs * this.#cost) / ALLOWANCE));
    return Math.max(1, Math.ceil(this.#epochs / MOST), Math.min(byShare, byAllowance));
  }
}
