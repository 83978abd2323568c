/**
 * What an epoch has measured so far. Everything is added up step by step, in order, so that an epoch that was interrupted
 * and goes on ends with the same bits as one that was not, whatever the pieces in which its measures were asked for.
 */
import type { BatchPoint } from '../contract';
import type { StepLoss, Sums } from './step';

const pointsPerEpoch = 200;

/** The middle of an epoch, as it is stored: plain JSON, exact. */
export interface EpochPart {
  /** Steps of this epoch, which is the place in its shuffled order. */
  readonly steps: number;
  readonly sums: Sums;
  /** The batch point that is not yet full. */
  readonly open: OpenPoint;
  /** Working time spent on them. */
  readonly seconds: number;
}

interface OpenPoint {
  readonly steps: number;
  readonly examples: number;
  /** Sum over examples. */
  readonly loss: number;
}

const emptyPoint: OpenPoint = { steps: 0, examples: 0, loss: 0 };

export class EpochMeasures {
  readonly #epoch: number;
  readonly #stepsTotal: number;
  readonly #stride: number;
  readonly #earlierSeconds: number;
  #steps: number;
  #sums: Sums;
  #open: OpenPoint;
  #points: BatchPoint[] = [];

  /** @param epoch from 1. @param from what an interrupted epoch had measured. */
  constructor(epoch: number, stepsTotal: number, metricCount: number, from: EpochPart | null) {
    this.#epoch = epoch;
    this.#stepsTotal = stepsTotal;
    this.#stride = Math.ceil(stepsTotal / pointsPerEpoch);
    this.#steps = from?.steps ?? 0;
    this.#sums = from?.sums ?? { examples: 0, loss: 0, metrics: Array.from({ length: metricCount }, () => 0) };
    this.#open = from?.open ?? emptyPoint;
    this.#earlierSeconds = from?.seconds ?? 0;
  }

  get steps(): number {
    return this.#steps;
  }

  get sums(): Sums {
    return this.#sums;
  }

  add(steps: readonly StepLoss[]): void {
    for (const step of steps) {
      const loss = step.loss * step.examples;
      const { examples, loss: total, metrics } = this.#sums;
      this.#steps += 1;
      this.#sums = {
        examples: examples + step.examples,
        loss: total + loss,
        metrics: metrics.map((sum, i) => sum + (step.metrics[i] ?? NaN)),
      };
      this.#open = {
        steps: this.#open.steps + 1,
        examples: this.#open.examples + step.examples,
        loss: this.#open.loss + loss,
      };
      if (this.#open.steps === this.#stride || this.#steps === this.#stepsTotal) this.#closePoint(step.step);
    }
  }

  /** At most 200 points of an epoch, each the mean over the examples of the steps since the last; each is given once. */
  takePoints(): BatchPoint[] {
    const points = this.#points;
    this.#points = [];
    return points;
  }

  /** @param seconds of working time since this process took the epoch up. */
  secondsWith(seconds: number): number {
    return this.#earlierSeconds + seconds;
  }

  /** @param seconds as for `secondsWith`. */
  part(seconds: number): EpochPart {
    return { steps: this.#steps, sums: this.#sums, open: this.#open, seconds: this.secondsWith(seconds) };
  }

  #closePoint(step: number): void {
    const { loss, examples } = this.#open;
    this.#points.push({ step, epoch: this.#epoch - 1 + this.#steps / this.#stepsTotal, loss: loss / examples });
    this.#open = emptyPoint;
  }
}
