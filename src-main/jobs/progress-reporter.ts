/**
 * Turns the counts that a job kind reports, however often, into at most ten progress messages a second, with a rate and
 * a remaining time that are smoothed over a few seconds so that the numbers in the window do not jump.
 */
import type { Progress } from '../contract';
import { WorkingClock } from '../engine/working-clock';

export type ProgressCount = Pick<Progress, 'stage' | 'done' | 'total' | 'unit'>;

const INTERVAL_MS = 100;
/** Time constant of the rate's exponential average: 63 % of a change shows after this long. */
const SMOOTHING_SECONDS = 3;
/** Before this long in a stage a rate says nothing. */
const SETTLING_SECONDS = 0.5;

export class ProgressReporter {
  readonly #send: (progress: Progress) => void;
  readonly #now: () => number;
  #latest: ProgressCount | null = null;
  #timer: NodeJS.Timeout | null = null;
  #sentAt = -Infinity;
  #stageStartedAt = 0;
  #measuredAt = 0;
  #measuredDone = 0;
  #rate: number | null = null;

  /** @param now milliseconds of a clock that never goes back, and stands still with the process. */
  constructor(send: (progress: Progress) => void, now?: () => number) {
    const clock = new WorkingClock();
    this.#send = send;
    this.#now = now ?? (() => clock.now());
  }

  report(count: ProgressCount): void {
    const now = this.#now();
    const previous = this.#latest;
    const stageChanged = previous?.stage !== count.stage || count.done < previous.done;
    this.#latest = { ...count };
    if (stageChanged) this.#beginStage(now, count.done);
    const complete = count.total !== null && count.done >= count.total;
    if (stageChanged || complete || now - this.#sentAt >= INTERVAL_MS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), INTERVAL_MS).unref();
  }

  /** Sends the latest count now, if there is one that was not sent. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const latest = this.#latest;
    if (!latest) return;
    this.#sentAt = this.#now();
    this.#measure(latest.done);
    const rate = this.#rate;
    const remaining = latest.total === null ? null : Math.max(0, latest.total - latest.done);
    const etaSeconds = rate === null || rate <= 0 || remaining === null ? null : remaining / rate;
    this.#send({ ...latest, rate, etaSeconds });
  }

  #beginStage(now: number, done: number): void {
    this.#stageStartedAt = now;
    this.#measuredAt = now;
    this.#measuredDone = done;
    this.#rate = null;
  }

  #measure(done: number): void {
    const now = this.#now();
    const seconds = (now - this.#measuredAt) / 1000;
    const settled = (now - this.#stageStartedAt) / 1000 >= SETTLING_SECONDS;
    if (seconds <= 0 || !settled) return;
    const instant = (done - this.#measuredDone) / seconds;
    const weight = 1 - Math.exp(-seconds / SMOOTHING_SECONDS);
    this.#rate = this.#rate === null ? instant : this.#rate + weight * (instant - this.#rate);
    this.#measuredAt = now;
    this.#measuredDone = done;
  }
}
