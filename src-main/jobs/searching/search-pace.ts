/** How long things of a search take, learnt as they are done: whether another trial fits, and what its end will need. */
import type { SearchPlan, Trial } from '../../contract';
import type { Pace } from './search-budget';
import type { SearchRecord } from './search-record';

/** So many of the last trials say how long the next one takes. */
const RECENT = 8;
/** Seconds that the making anew takes beside what was measured: a process that ends, its row, the next one's start. */
const BETWEEN_RUNS = 0.3;
/** Of each epoch of a run, which keeps a checkpoint, where a trial keeps a number. */
const RUN_EPOCH = 0.02;
/** What several together need, as a share of a trial: the network built from them, and measured. */
const TOGETHER = { least: 1, share: 0.3 };

export class SearchPace {
  readonly #plan: SearchPlan;
  readonly #record: SearchRecord;
  readonly #starting: number;
  #opening: number | null = null;

  /** @param starting seconds that a process takes until it works */
  constructor(plan: SearchPlan, record: SearchRecord, starting: number) {
    this.#plan = plan;
    this.#record = record;
    this.#starting = starting;
  }

  get isOpen(): boolean {
    return this.#opening !== null;
  }

  /** @param seconds that TensorFlow and the data took, which a run needs again. */
  opened(seconds: number): void {
    this.#opening = seconds;
  }

  now(): Pace {
    const recent = this.#record.trials
      .filter(({ curve, state }) => curve.length > 0 && state !== 'running')
      .slice(-RECENT);
    const trial = mean(recent.map(({ seconds }) => seconds));
    // What comes before the first epoch is no more than the rest of a trial.
    const firstEpoch = mean(recent.map(({ seconds, curve }) => (2 * seconds) / (1 + curve.length)));
    return { trial, firstEpoch, ending: this.#ending() };
  }

  #ending(): number {
    const { seeds, together } = this.#plan.finish;
    const best = this.#record.best ?? this.#record.trials.at(-1) ?? null;
    const anew = seeds * (this.#starting + (this.#opening ?? 0) + BETWEEN_RUNS + (best ? this.#anew(best) : 0));
    const asOne = together < 2 ? 0 : Math.max(TOGETHER.least, TOGETHER.share * (best?.seconds ?? 0));
    return anew + asOne;
  }

  /** A trial that was ended before its end is trained to it. */
  #anew({ seconds, curve, state }: Trial): number {
    const { epochs } = this.#plan.settings;
    const share = state === 'finished' || curve.length === 0 ? 1 : epochs / curve.length;
    return seconds * share + RUN_EPOCH * (state === 'finished' ? curve.length : epochs);
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
