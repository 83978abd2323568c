/**
 * The training loop: epochs of shuffled batches, validation, the best epoch, early stopping. It knows neither how a step
 * is done (`step.ts`) nor where its reports go. A run is repeated by its seed, and goes on from any complete epoch.
 */
import type { MetricDefinition, ScheduleMemory } from '../catalog';
import {
  CodedError,
  type BatchPoint,
  type Epoch,
  type MetricValues,
  type Run,
  type TrainingSettings,
} from '../contract';
import type { FitControl } from './fit-control';
import { LearningRate } from './learning-rate';
import { addSums, metricValues } from './measure';
import { shuffled } from './random';
import type { Step, StepLoss, Sums } from './step';
import { batches, evaluationBatch, type Parts } from './training-data';

/** Where a run stands between epochs; with the step's state enough to go on exactly. */
export interface FitPosition {
  /** Complete epochs. */
  readonly epoch: number;
  readonly best: Run['best'];
  /** Lowest loss so far on the rows that are watched, and epochs since. */
  readonly lowestLoss: number | null;
  readonly waited: number;
  /** State of the learning-rate schedule. */
  readonly scheduleMemory: ScheduleMemory;
}

export interface BatchReport {
  readonly point: BatchPoint;
  readonly stepsDone: number;
  readonly stepsTotal: number;
  readonly examplesPerSecond: number;
  readonly etaSeconds: number | null;
}

export interface EpochReport {
  readonly epoch: Epoch;
  readonly batches: readonly BatchPoint[];
  readonly position: FitPosition;
  /** Whether this epoch is the best so far. */
  readonly better: boolean;
}

export interface FitOptions {
  readonly step: Step;
  readonly parts: Parts;
  readonly settings: TrainingSettings;
  /** The first one decides what is best. */
  readonly metrics: readonly MetricDefinition[];
  readonly control: FitControl;
  /** Where to go on; the step has its state already. */
  readonly start?: FitPosition;
  /** About ten times a second. */
  readonly onBatch?: (report: BatchReport) => void;
  /** After each epoch, before the next begins. */
  readonly onEpoch?: (report: EpochReport) => void | Promise<void>;
}

export interface FitEnd {
  readonly reason: 'finished' | 'early' | 'stopped';
  readonly position: FitPosition;
}

export const beginning: FitPosition = { epoch: 0, best: null, lowestLoss: null, waited: 0, scheduleMemory: {} };

const reportEvery = 100;
const pointsPerEpoch = 200;
/**
 * Trains until the last epoch, early stopping, or the person's stop.
 * @throws CodedError `loss-not-finite` at the first NaN or infinite loss; `job-cancelled` where the control is aborted.
 */
export async function fit(options: FitOptions): Promise<FitEnd> {
  const { settings, control } = options;
  const clock = new Clock(options);
  const rate = new LearningRate(settings, options.parts.training.length);
  let position = options.start ?? beginning;
  while (position.epoch < settings.epochs) {
    if (settings.earlyStopping.enabled && position.waited >= settings.earlyStopping.patience) {
      return { reason: 'early', position };
    }
    const report = await runEpoch(options, position, clock, rate);
    // What was trained since the last complete epoch is dropped: a run consists of whole epochs.
    if (!report) return { reason: 'stopped', position };
    position = report.position;
    await options.onEpoch?.(report);
  }
  control.signal.throwIfAborted();
  return { reason: 'finished', position };
}

/** @returns null where the person stopped in the middle. */
async function runEpoch(
  options: FitOptions,
  before: FitPosition,
  clock: Clock,
  rate: LearningRate,
): Promise<EpochReport | null> {
  const { step, parts, settings, metrics, control } = options;
  const epoch = before.epoch + 1;
  const started = control.workingTime();
  const trained: Sums[] = [];
  const losses: StepLoss[] = [];
  const collect = () => {
    const sums = step.takeSums();
    requireFinite(sums.steps, epoch, settings.learningRate);
    trained.push(sums);
    losses.push(...sums.steps);
    if (sums.steps.length > 0) options.onBatch?.(clock.report(sums.steps));
  };

  let reported = performance.now();
  for (const batch of batches(shuffled(parts.training, settings.seed, epoch), settings.batchSize)) {
    if ((await control.between()) === 'stop') return null;
    step.train(batch, rate.at(step.step, before.scheduleMemory));
    if (performance.now() - reported < reportEvery) continue;
    collect();
    reported = performance.now();
  }
  collect();
  const trainingSeconds = (control.workingTime() - started) / 1000;

  const values: Record<string, number> = {
    ...metricValues(addSums(trained, metrics.length), metrics, 'training'),
  };
  for (const part of ['validation', 'test'] as const) {
    if (parts[part].length === 0 || (part === 'test' && !settings.measureTest)) continue;
    const sums = await evaluatePart(options, parts[part]);
    if (!sums) return null;
    Object.assign(values, metricValues(sums, metrics, part));
  }
  return {
    epoch: {
      epoch,
      metrics: values,
      seconds: (control.workingTime() - started) / 1000,
      examplesPerSecond: parts.training.length / Math.max(trainingSeconds, 1e-6),
    },
    batches: thinned(losses, epoch),
    ...judge(options, before, rate, values),
  };
}

async function evaluatePart({ step, metrics, control }: FitOptions, rows: Int32Array): Promise<Sums | null> {
  const sums: Sums[] = [];
  for (const batch of batches(rows, evaluationBatch)) {
    if ((await control.between()) === 'stop') return null;
    sums.push(step.evaluate(batch));
  }
  return addSums(sums, metrics.length);
}

/** Whether the epoch is the best so far, and how long the loss has not fallen: on validation rows, else on training rows. */
function judge(
  { parts, metrics, settings }: FitOptions,
  before: FitPosition,
  rate: LearningRate,
  values: MetricValues,
): { position: FitPosition; better: boolean } {
  const epoch = before.epoch + 1;
  const prefix = parts.validation.length > 0 ? 'validation.' : '';
  const loss = values[`${prefix}loss`] ?? NaN;
  if (!Number.isFinite(loss)) throw notFinite(loss, epoch, 0, settings.learningRate);
  const first = metrics[0];
  const metric = prefix + (first?.id ?? 'loss');
  const value = values[metric] ?? NaN;
  const sign = first?.better === 'higher' ? 1 : -1;
  const better = before.best === null || sign * value > sign * before.best.value;
  const lower = before.lowestLoss === null || loss < before.lowestLoss;
  return {
    better,
    position: {
      epoch,
      best: better ? { metric, value, epoch } : before.best,
      lowestLoss: lower ? loss : before.lowestLoss,
      waited: lower ? 0 : before.waited + 1,
      scheduleMemory: rate.afterEpoch(before.scheduleMemory, loss),
    },
  };
}

function requireFinite(steps: readonly StepLoss[], epoch: number, learningRate: number): void {
  const bad = steps.find(({ loss }) => !Number.isFinite(loss));
  if (bad) throw notFinite(bad.loss, epoch, bad.step, learningRate);
}

function notFinite(value: number, epoch: number, step: number, learningRate: number): CodedError {
  return new CodedError('loss-not-finite', { value: String(value), epoch, step, learningRate });
}

/** At most 200 points of an epoch, each the mean over the examples of the steps since the last. */
function thinned(losses: readonly StepLoss[], epoch: number): BatchPoint[] {
  const stride = Math.ceil(losses.length / pointsPerEpoch);
  const points: BatchPoint[] = [];
  for (let start = 0; start < losses.length; start += stride) {
    const some = losses.slice(start, start + stride);
    points.push(meanPoint(some, epoch - 1 + (start + some.length) / losses.length));
  }
  return points;
}

function meanPoint(steps: readonly StepLoss[], epoch: number): BatchPoint {
  const examples = steps.reduce((sum, step) => sum + step.examples, 0);
  const loss = steps.reduce((sum, step) => sum + step.loss * step.examples, 0) / examples;
  return { step: steps[steps.length - 1]?.step ?? 0, epoch, loss };
}

/** Speed and time left, from the working time since this process began. */
class Clock {
  readonly #control: FitControl;
  readonly #stepsPerEpoch: number;
  readonly #stepsTotal: number;
  readonly #firstStep: number;
  readonly #started: number;
  #last: number;

  constructor({ control, parts, settings, step }: FitOptions) {
    this.#control = control;
    this.#stepsPerEpoch = Math.ceil(parts.training.length / settings.batchSize);
    this.#stepsTotal = this.#stepsPerEpoch * settings.epochs;
    this.#firstStep = step.step;
    this.#started = control.workingTime();
    this.#last = this.#started;
  }

  report(steps: readonly StepLoss[]): BatchReport {
    const now = this.#control.workingTime();
    const examples = steps.reduce((sum, step) => sum + step.examples, 0);
    const stepsDone = steps[steps.length - 1]?.step ?? 0;
    const perStep = (now - this.#started) / Math.max(1, stepsDone - this.#firstStep);
    const examplesPerSecond = (1000 * examples) / Math.max(now - this.#last, 1e-3);
    this.#last = now;
    return {
      point: meanPoint(steps, stepsDone / this.#stepsPerEpoch),
      stepsDone,
      stepsTotal: this.#stepsTotal,
      examplesPerSecond,
      etaSeconds: (perStep * (this.#stepsTotal - stepsDone)) / 1000,
    };
  }
}
