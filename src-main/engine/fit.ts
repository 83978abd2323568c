/**
 * The training loop: epochs of shuffled batches, validation, the best epoch, early stopping. It knows neither how a step
 * is done (`step.ts`) nor where its reports go. A run is repeated by its seed, and goes on exactly from any step: what
 * the next one depends on are the step's state, the position, and numbers that follow from (seed, epoch) and (seed, step).
 */
import type { MetricDefinition } from '../catalog';
import type { TrainingSettings } from '../contract';
import { CheckpointPace, usualRhythm, type CheckpointRhythm } from './checkpoint-pace';
import { EpochMeasures } from './epoch-measures';
import { EpochResources } from './epoch-resources';
import { FitClock } from './fit-clock';
import type { FitControl } from './fit-control';
import {
  beginning,
  type BatchReport,
  type EpochReport,
  type FitEnd,
  type FitPosition,
  type PartReport,
} from './fit-reports';
import { Judge } from './judge';
import { LearningRate } from './learning-rate';
import { addSums, metricValues } from './measure';
import { requireFiniteLoss, requireFiniteLosses, requireFiniteWeights, type Place } from './not-finite';
import { trainingOrder } from './random';
import type { Step, Sums } from './step';
import { batches, type Parts } from './training-data';

export interface FitOptions {
  readonly step: Step;
  readonly parts: Parts;
  readonly settings: TrainingSettings;
  /** Of the task, its main one first. */
  readonly metrics: readonly MetricDefinition[];
  readonly control: FitControl;
  /** Where to go on; the step has its state already. */
  readonly start?: FitPosition;
  /** About four times a second. */
  readonly onBatch?: (report: BatchReport) => void;
  /** After each epoch, before the next begins. */
  readonly onEpoch?: (report: EpochReport) => void | Promise<void>;
  /** In the middle of a long epoch by `rhythm`, as a pause begins, and where the person stops. */
  readonly onPart?: (report: PartReport) => void | Promise<void>;
  readonly rhythm?: CheckpointRhythm;
}

const reportEvery = 250;

/**
 * Trains until the last epoch, early stopping, or the person's stop.
 * @throws CodedError `loss-not-finite` (or its kin in `not-finite.ts`) at the first NaN or infinite loss; `job-cancelled`
 * where the control is aborted.
 */
export async function fit(options: FitOptions): Promise<FitEnd> {
  return new Fit(options).run();
}

class Fit {
  readonly #options: FitOptions;
  readonly #stepsPerEpoch: number;
  readonly #clock: FitClock;
  readonly #rate: LearningRate;
  readonly #judge: Judge;
  readonly #pace: CheckpointPace;

  constructor(options: FitOptions) {
    const { settings, parts, metrics, control } = options;
    this.#options = options;
    this.#stepsPerEpoch = Math.ceil(parts.training.length / settings.batchSize);
    this.#clock = new FitClock(options);
    this.#rate = new LearningRate(settings, parts.training.length);
    this.#judge = new Judge(settings, metrics, parts.validation.length > 0);
    this.#pace = new CheckpointPace(options.rhythm ?? usualRhythm, control.workingTime());
  }

  async run(): Promise<FitEnd> {
    const { settings, control, onEpoch } = this.#options;
    const { watchedMetric } = this.#judge;
    let position = this.#options.start ?? beginning;
    while (position.epoch < settings.epochs) {
      if (this.#judge.stopsEarly(position)) return { reason: 'early', position, watchedMetric };
      const epoch = new EpochRun(this.#options, position, this.#stepsPerEpoch, this.#pace);
      const trained = await epoch.train(this.#clock, this.#rate);
      const report = trained && (await epoch.finish(this.#rate, this.#judge));
      if (!report) return { reason: 'stopped', position: epoch.position, watchedMetric };
      position = report.position;
      const began = control.workingTime();
      await onEpoch?.(report);
      this.#pace.written(began, control.workingTime());
      if (control.takeLeave()) return { reason: 'left', position, watchedMetric };
    }
    control.signal.throwIfAborted();
    return { reason: 'finished', position, watchedMetric };
  }
}

/** One epoch, from its beginning or from its middle. */
class EpochRun {
  readonly #options: FitOptions;
  readonly #before: FitPosition;
  readonly #pace: CheckpointPace;
  readonly #started: number;
  readonly #measures: EpochMeasures;
  readonly #resources = new EpochResources();
  #kept: FitPosition;
  #trainingSeconds = 0;

  constructor(options: FitOptions, before: FitPosition, stepsPerEpoch: number, pace: CheckpointPace) {
    const { metrics, control } = options;
    this.#options = options;
    this.#before = before;
    this.#pace = pace;
    this.#started = control.workingTime();
    this.#measures = new EpochMeasures(before.epoch + 1, stepsPerEpoch, metrics.length, before.part);
    this.#kept = before;
  }

  /** The steps that are still to do. @returns false where the person stopped. */
  async train(clock: FitClock, rate: LearningRate): Promise<boolean> {
    const { step, parts, settings, control } = this.#options;
    const order = trainingOrder(parts, settings.seed, this.#before.epoch + 1);
    const rest = order.subarray(this.#measures.steps * settings.batchSize);
    step.expect(rest, settings.batchSize);
    const keep = () => this.#keep(clock);
    let reported = control.workingTime();
    for (const batch of batches(rest, settings.batchSize)) {
      if ((await control.between(keep)) === 'stop') {
        await keep();
        return false;
      }
      step.train(batch, rate.at(step.step, this.#before.scheduleMemory));
      const now = control.workingTime();
      const isDue = this.#pace.isDue(now);
      // Steps that wait for others are cheaper done with them than alone.
      if (!isDue && (now - reported < reportEvery || step.waiting > 0)) continue;
      this.#collect(clock);
      reported = now;
      if (isDue) await keep();
    }
    this.#collect(clock);
    this.#trainingSeconds = this.#seconds();
    return true;
  }

  /** Validation, and what the epoch was worth. @returns null where the person stopped; what was trained is kept then. */
  async finish(rate: LearningRate, judge: Judge): Promise<EpochReport | null> {
    const { step, parts, settings, metrics } = this.#options;
    const values: Record<string, number> = { ...metricValues(this.#measures.sums, metrics, 'training') };
    for (const part of ['validation', 'test'] as const) {
      if (parts[part].length === 0 || (part === 'test' && !settings.measureTest)) continue;
      const sums = await this.#evaluate(parts[part]);
      if (!sums) return null;
      Object.assign(values, metricValues(sums, metrics, part));
    }
    requireFiniteLoss(judge.lossOf(values), step.step, this.#place());
    // Without validation rows no loss has seen the last step's weights.
    if (parts.validation.length === 0) await requireFiniteWeights(step, this.#place());
    return {
      epoch: {
        epoch: this.#before.epoch + 1,
        metrics: values,
        seconds: this.#measures.secondsWith(this.#seconds()),
        examplesPerSecond: parts.training.length / Math.max(this.#measures.secondsWith(this.#trainingSeconds), 1e-6),
        learningRate: rate.at(step.step - 1, this.#before.scheduleMemory),
        ...this.#resources.taken(),
      },
      batches: this.#measures.takePoints(),
      ...judge.after(this.#before, values, rate),
    };
  }

  /** Where the run stands as it was last kept: in the middle of this epoch, or still before it. */
  get position(): FitPosition {
    return this.#kept;
  }

  async #evaluate(rows: Int32Array): Promise<Sums | null> {
    const { step, metrics, control } = this.#options;
    const sums: Sums[] = [];
    const keep = () => this.#keep(null);
    for (const batch of batches(rows, step.evaluationRows)) {
      if ((await control.between(keep)) === 'stop') {
        await keep();
        return null;
      }
      sums.push(step.evaluate(batch));
    }
    return addSums(sums, metrics.length);
  }

  /** Asks the step for what it measured. @param clock null where nothing is to be told of it. */
  #collect(clock: FitClock | null): void {
    const { steps } = this.#options.step.takeSums();
    requireFiniteLosses(steps, this.#place());
    this.#measures.add(steps);
    if (clock && steps.length > 0) this.#options.onBatch?.(clock.report(steps));
  }

  /** Tells of the middle of the epoch, unless nothing was trained since the last time. */
  async #keep(clock: FitClock | null): Promise<void> {
    const { onPart, control } = this.#options;
    this.#collect(clock);
    if (this.#measures.steps === (this.#kept.part?.steps ?? 0)) return;
    const began = control.workingTime();
    this.#kept = { ...this.#before, part: this.#measures.part(this.#trainingSeconds || this.#seconds()) };
    await onPart?.({ position: this.#kept, batches: this.#measures.takePoints() });
    this.#pace.written(began, control.workingTime());
  }

  #seconds(): number {
    return (this.#options.control.workingTime() - this.#started) / 1000;
  }

  #place(): Place {
    return { epoch: this.#before.epoch + 1, learningRate: this.#options.settings.learningRate };
  }
}
