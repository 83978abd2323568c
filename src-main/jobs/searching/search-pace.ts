/** How long things of a search take, learnt as they are done: whether another trial fits, and what its end will need. */
import type { SearchPlan, Trial } from '../../contract';
import type { Pace } from './search-budget';
import type { SearchRecord } from './search-record';

/** So many of the last trials say how long the next one takes. */
const RECENT = 8;
/** Seconds that the making anew takes beside what was measured: a process that ends, its row, the next one's start. */
const BETWEEN_RUNS = 0.3;
/** How many epochs the making of a trial's step takes as long as, where it was not measured by this process. */
const UNKNOWN_START = 3;
/** Epochs of a trial that is under way after which they say how long others take. */
const TELLING = 4;
/**
 * Of each epoch of a run, which keeps a checkpoint (weights, the optimizer's state, often the model) where a trial keeps a number:
 * some of it always, the rest by the bytes, of which so many are written in a second.
 */
const RUN_EPOCH = 0.007;
const BYTES_PER_SECOND = 100e6;
const CHECKPOINT_SHARE = 4;
/** What several together need, for each, of the time in which a trial's network is built: candidates, and the branches of one. */
const TOGETHER = { least: 0.5, share: 1.5 };

export class SearchPace {
  readonly #plan: SearchPlan;
  readonly #record: SearchRecord;
  readonly #starting: number;
  /** Seconds that an epoch takes, by trial. */
  readonly #epochs = new Map<number, number>();
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

  /** An epoch of a trial, its validation with it: the fastest says what it takes without its beginning. */
  epoch(number: number, seconds: number): void {
    this.#epochs.set(number, Math.min(seconds, this.#epochs.get(number) ?? Infinity));
  }

  now(): Pace {
    const recent = this.#record.trials
      .filter(({ curve, state }) => curve.length > 0 && state !== 'running')
      .slice(-RECENT);
    const trial = mean(recent.map(({ seconds }) => seconds));
    const firstEpoch = mean(recent.map((one) => this.#startOf(one) + this.#epochOf(one)));
    return { trial, firstEpoch, ending: this.#ending() };
  }

  #ending(): number {
    const { seeds, together } = this.#plan.finish;
    const best = this.#record.best ?? this.#record.trials.at(-1) ?? null;
    const anew = seeds * (this.#starting + (this.#opening ?? 0) + BETWEEN_RUNS + (best ? this.#anew(best) : 0));
    const building = best ? TOGETHER.share * together * this.#startOf(best) : 0;
    const asOne = together < 2 ? 0 : Math.max(TOGETHER.least, building);
    return anew + asOne;
  }

  /** A trial that was ended before its end is trained to it, which early stopping brings for most. */
  #anew(trial: Trial): number {
    const { seconds, curve, state, measures } = trial;
    // The first epochs of the first trial are slower than any other, and say little.
    if (state === 'running' && curve.length < TELLING) return seconds;
    const finished = this.#record.trials.filter((one) => one.state === 'finished').map((one) => one.curve.length);
    const usual = finished.length === 0 ? this.#plan.settings.epochs : mean(finished);
    const epochs = state === 'finished' ? curve.length : Math.max(curve.length, usual);
    const keeping = RUN_EPOCH + (CHECKPOINT_SHARE * (measures.bytes ?? 0)) / BYTES_PER_SECOND;
    return this.#startOf(trial) + (this.#epochOf(trial) + keeping) * epochs;
  }

  #epochOf({ number, seconds, curve }: Trial): number {
    return this.#epochs.get(number) ?? seconds / (curve.length + UNKNOWN_START);
  }

  /** What comes before the first epoch: data that are prepared otherwise, the network and its step. */
  #startOf(trial: Trial): number {
    return Math.max(0, trial.seconds - this.#epochOf(trial) * trial.curve.length);
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
