/**
 * When the middle of an epoch is to be kept: every so many seconds, and rarer where keeping it takes long, so that no more
 * than a small share of the time goes into it.
 */

export interface CheckpointRhythm {
  /** Working time between two checkpoints. */
  readonly seconds: number;
  /** The most of the working time that may go into writing them. */
  readonly share: number;
}

export const usualRhythm: CheckpointRhythm = { seconds: 30, share: 0.01 };

export class CheckpointPace {
  readonly #rhythm: CheckpointRhythm;
  #last: number;
  #cost = 0;

  /** @param now in milliseconds of working time, as everywhere here. */
  constructor(rhythm: CheckpointRhythm, now: number) {
    this.#rhythm = rhythm;
    this.#last = now;
  }

  isDue(now: number): boolean {
    const { seconds, share } = this.#rhythm;
    return now - this.#last >= Math.max(1000 * seconds, this.#cost / share);
  }

  /** One was written, of the middle of an epoch or of its end. */
  written(began: number, ended: number): void {
    this.#cost = ended - began;
    this.#last = ended;
  }
}
