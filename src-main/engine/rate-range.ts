/**
 * The learning-rate range test (Smith 2017, "Cyclical learning rates for training neural networks", section 3.3, in the form of
 * Gugger's fastai): one mini-batch a step, the rate rising exponentially from 1e-7 to 10, until the smoothed loss is a multiple
 * of the lowest. A good rate lies where the loss falls most steeply, well below the one where it is lowest.
 */
import type { RangePoint, RateRange } from '../contract';

export const lowestRate = 1e-7;
export const highestRate = 10;
/** Mini-batches from the lowest rate to the highest. */
export const rangeSteps = 100;
/** Of the running mean of the loss: it looks back over about ten steps, 0.8 powers of ten of the rate. */
const smoothing = 0.9;
/** The test ends where the smoothed loss is so many times the lowest. */
const divergedAt = 4;
/** The mean of the first steps is of too few losses to say what falls. */
const warmUp = 10;

/** @param at from 0 to `rangeSteps` - 1 */
export function rateAt(at: number): number {
  return lowestRate * (highestRate / lowestRate) ** (at / (rangeSteps - 1));
}

/** What was measured so far. */
export class RateRangeTest {
  readonly #points: RangePoint[] = [];
  #mean = 0;
  #lowest = Infinity;
  #diverged = false;

  /** The rate of the next step; null where the test has ended. */
  get next(): number | null {
    return this.#diverged || this.#points.length === rangeSteps ? null : rateAt(this.#points.length);
  }

  get done(): number {
    return this.#points.length;
  }

  /**
   * @param loss of the step at `next`, before its update. The mean is s = m / (1 - βⁿ), m ← βm + (1 - β)·loss, so that the
   * zero with which m begins does not count (as in Adam).
   */
  add(loss: number): void {
    const rate = this.next;
    if (rate === null) return;
    if (!Number.isFinite(loss)) {
      this.#diverged = true;
      return;
    }
    this.#mean = smoothing * this.#mean + (1 - smoothing) * loss;
    const smoothed = this.#mean / (1 - smoothing ** (this.#points.length + 1));
    this.#points.push({ rate, loss, smoothed });
    this.#lowest = Math.min(this.#lowest, smoothed);
    this.#diverged = smoothed > divergedAt * this.#lowest && this.#points.length > warmUp;
  }

  result(): RateRange {
    const points = this.#points;
    const lowest = points.reduce((best, { smoothed }, at) => (smoothed < (points[best]?.smoothed ?? 0) ? at : best), 0);
    const steepest = steepestDescent(points, lowest);
    return {
      points,
      diverged: this.#diverged,
      steepest: steepest === null ? null : short(steepest),
      tenthOfLowest: steepest === null ? null : short((points[lowest]?.rate ?? lowestRate) / 10),
    };
  }
}

/** By central differences over even steps of log(rate), up to the lowest loss; null where the loss does not fall. */
function steepestDescent(points: readonly RangePoint[], lowest: number): number | null {
  let [best, slope] = [null as number | null, 0];
  for (let at = warmUp; at < lowest; at += 1) {
    const [before, here, after] = [points[at - 1], points[at], points[at + 1]];
    if (!before || !here || !after) continue;
    const fall = (after.smoothed - before.smoothed) / 2;
    if (fall < slope) [best, slope] = [here.rate, fall];
  }
  return best;
}

/** Two significant digits: more are not known. */
function short(rate: number): number {
  return Number(rate.toPrecision(2));
}
