/** What an epoch's figures mean for the run: whether it is the best so far, how long nothing got better, whether to stop. */
import { decidingMeasure, type MetricDefinition } from '../catalog';
import type { MetricValues, TrainingSettings } from '../contract';
import type { Deciding } from '../catalog/watched';
import type { LearningRate } from './learning-rate';
import type { FitPosition } from './fit-reports';

export class Judge {
  readonly #settings: TrainingSettings;
  /** Before the names of measures that decide: those of validation rows, or of training rows where there are none. */
  readonly #prefix: '' | 'validation.';
  readonly #stopping: Deciding;
  readonly #best: Deciding;

  /**
   * @param metrics of the task, its main one first.
   * @throws CodedError `definition-unknown` where the settings name another.
   */
  constructor(settings: TrainingSettings, metrics: readonly MetricDefinition[], validated: boolean) {
    this.#settings = settings;
    this.#prefix = validated ? 'validation.' : '';
    this.#stopping = decidingMeasure(settings.watch.stopping, metrics);
    this.#best = decidingMeasure(settings.watch.best, metrics);
  }

  get watchedMetric(): string {
    return this.#prefix + this.#stopping.id;
  }

  /** The loss by which learning-rate schedules go, and which must be finite. */
  lossOf(values: MetricValues): number {
    return values[`${this.#prefix}loss`] ?? NaN;
  }

  stopsEarly({ waited }: FitPosition): boolean {
    const { enabled, patience } = this.#settings.earlyStopping;
    return enabled && waited >= patience;
  }

  /** @param values of the epoch after `before`. */
  after(before: FitPosition, values: MetricValues, rate: LearningRate): { position: FitPosition; better: boolean } {
    const epoch = before.epoch + 1;
    const metric = this.#prefix + this.#best.id;
    const value = values[metric] ?? NaN;
    const better = before.best === null || gain(this.#best, before.best.value, value) > 0;
    const seen = values[this.watchedMetric] ?? NaN;
    // Any gain counts where no smallest one is asked for; a gain of exactly the smallest counts too.
    const least = this.#settings.watch.minimumChange;
    const gained = before.watched === null ? Infinity : gain(this.#stopping, before.watched, seen);
    const improved = least > 0 ? gained >= least : gained > 0;
    return {
      better,
      position: {
        epoch,
        best: better ? { metric, value, epoch } : before.best,
        watched: improved ? seen : before.watched,
        waited: improved ? 0 : before.waited + 1,
        scheduleMemory: rate.afterEpoch(before.scheduleMemory, this.lossOf(values)),
        part: null,
      },
    };
  }
}

/** By how much a value is better than one before; NaN where either is. */
function gain({ better }: Deciding, before: number, now: number): number {
  return better === 'higher' ? now - before : before - now;
}
