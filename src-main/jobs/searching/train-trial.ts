/**
 * One trial: its network trained on the training rows and measured on the validation rows, until its last epoch, early stopping,
 * the pruner, the person, or the end of the minutes. What goes wrong in it is its own end, not the search's.
 */
import { betterOf, isBetter, keepsLimits, parseFields, pruners, requireValidSettings } from '../../catalog';
import { CodedError, isOutsideCause, toWireError, type MetricValues, type Trial } from '../../contract';
import { fit } from '../../engine/fit';
import type { EpochReport } from '../../engine/fit-reports';
import type { Step } from '../../engine/step';
import type { TrialWeights } from '../../storage/trial-weights';
import { halfBatch, isOutOfMemory } from '../training/batch-memory';
import { explained } from '../training/explained';
import { openTrainedPart } from '../training/trained-part';
import { makeStep, measuresOf, type Trainee, type TrainingStep } from '../training/training-step';
import { medianLatency } from './latency';
import { withoutTest } from './search-data';
import { openTrial, type SearchSession } from './search-session';

const unlogged = { log: () => undefined };
/** Which part of all epochs most trials see that may be ended early. */
const PRUNED_SHARE = 4;

/**
 * @param begun as it stands in the record.
 * @throws what says nothing against the trial, such as a full disk; the signal's reason where the search is cancelled
 */
export async function trainTrial(session: SearchSession, begun: Trial): Promise<void> {
  const { context, record, budget } = session;
  const running = new RunningTrial(session, begun, budget.seconds());
  try {
    const state = await running.train();
    record.end(running.ended(state), running.weights);
  } catch (error) {
    if (context.signal.aborted) {
      record.end(running.ended('interrupted'), null);
      throw error;
    }
    const wire = toWireError(explained(error, running.batchSize));
    const isOutside = isOutsideCause(wire.code);
    record.end({ ...running.ended(isOutside ? 'interrupted' : 'failed'), error: isOutside ? null : wire }, null);
    if (isOutside) throw error;
  }
}

class RunningTrial {
  readonly #session: SearchSession;
  readonly #began: number;
  #trial: Trial;
  #isPruned = false;
  batchSize = 0;
  /** Of the best epoch so far, where several trials are to answer together. */
  weights: TrialWeights | null = null;

  /** @param began when, in seconds of the search */
  constructor(session: SearchSession, trial: Trial, began: number) {
    this.#session = session;
    this.#trial = trial;
    this.#began = began;
  }

  ended(state: Trial['state']): Trial {
    return { ...this.#trial, state, seconds: this.#seconds() };
  }

  async train(): Promise<Trial['state']> {
    const { context, control, loaded } = this.#session;
    const { run, opened } = await openTrial(this.#session, this.#trial.values);
    this.batchSize = run.settings.batchSize;
    requireValidSettings(run.settings, run.data.task);
    const prepared = withoutTest(opened);
    const part = await openTrainedPart({ run, context, record: unlogged, control, prepared }, loaded.tf);
    if (!part) return 'interrupted';
    try {
      return await this.#trainPart({ run, prepared, part, loaded, resources: context.resources, trial: this.#alike() });
    } finally {
      await part.close();
    }
  }

  /** As a run does where memory runs out: with half the batch; a trial has kept nothing to go on from, and begins anew. */
  async #trainPart(trainee: Trainee): Promise<Trial['state']> {
    for (let current = trainee; ;) {
      try {
        return await this.#trainWhole(current);
      } catch (error) {
        if (!isOutOfMemory(error)) throw error;
        current = this.#smaller(current, error);
      }
    }
  }

  /** What graphs of other trials take is given back first. @throws CodedError `out-of-memory` */
  #smaller({ trial, ...alone }: Trainee, cause: unknown): Trainee {
    this.#session.graphs.dispose();
    this.weights = null;
    const { run, prepared } = alone;
    const batch = trial ? {} : { batchSize: halfBatch(this.batchSize, prepared.parts.training.length, cause).to };
    this.batchSize = batch.batchSize ?? this.batchSize;
    this.#keep({ curve: [], value: null, measures: batch });
    return { ...alone, run: { ...run, settings: { ...run.settings, batchSize: this.batchSize } } };
  }

  async #trainWhole(trainee: Trainee): Promise<Trial['state']> {
    const { control, plan, look } = this.#session;
    const { settings } = trainee.run;
    const made = makeStep(trainee);
    const { step } = made;
    try {
      this.#measure(trainee, made);
      // It could be no answer, however well it learnt.
      if (!keepsLimits(plan, this.#trial)) return 'pruned';
      const end = await fit({
        ...{ step, settings, control },
        parts: trainee.part.parts,
        metrics: measuresOf(trainee).metrics,
        onBatch: look,
        onEpoch: (report) => this.#afterEpoch(step, report, settings.epochs),
      });
      if (end.reason === 'stopped') return 'interrupted';
      return this.#isPruned ? 'pruned' : 'finished';
    } finally {
      step.dispose();
    }
  }

  /** Most trials end early where there is a pruner. */
  #alike(): NonNullable<Trainee['trial']> {
    const { graphs, plan } = this.#session;
    const { epochs } = plan.settings;
    return { graphs, usualEpochs: plan.pruner.type === 'none' ? epochs : Math.ceil(epochs / PRUNED_SHARE) };
  }

  #measure(trainee: Trainee, { model, parameterCount: parameters }: TrainingStep): void {
    const { second, limits } = this.#session.plan;
    const isAsked = second === 'latency' || limits.some(({ measure }) => measure === 'latency');
    // The frozen beginning of a large network would have to be built for it alone.
    const latency = isAsked || !trainee.part.isRest ? { latency: medianLatency(this.#session, trainee, model) } : {};
    const { batchSize } = this.#trial.measures;
    const halved = batchSize === undefined ? {} : { batchSize };
    this.#keep({ measures: { ...halved, parameters, bytes: 4 * parameters, ...latency } });
  }

  async #afterEpoch(step: Step, { epoch }: EpochReport, epochs: number): Promise<void> {
    const { plan, record, control, pace, look } = this.#session;
    pace.epoch(this.#trial.number, epoch.seconds);
    const value = this.#valueOf(epoch.metrics);
    const before = this.#trial.value;
    const isBest = before === null || isBetter(plan, value, before);
    const curve = [...this.#trial.curve, value];
    this.#keep({ curve, value: isBest ? value : before });
    if (isBest && record.isCandidate(this.#trial)) {
      const { manifest, weights } = await step.readWeights();
      const plain = manifest.map(({ name, shape }) => ({ name, shape: [...shape] }));
      this.weights = { number: this.#trial.number, epoch: epoch.epoch, manifest: plain, weights };
    }
    look();
    if (curve.length < epochs && !this.#goesOn(curve)) {
      this.#isPruned = true;
      control.leaveAfterEpoch();
    }
  }

  #goesOn(curve: readonly number[]): boolean {
    const { plan, record } = this.#session;
    const pruner = pruners.get(plan.pruner.type);
    return pruner.goesOn({
      ...{ curve, better: betterOf(plan), epochs: plan.settings.epochs },
      trials: record.trials.filter(({ number }) => number !== this.#trial.number),
      fields: parseFields(pruner.fields, plan.pruner.fields, pruner.label.en),
    });
  }

  /** @throws CodedError `loss-not-finite` where the metric is no number, though the loss is */
  #valueOf(metrics: MetricValues): number {
    const value = metrics[`validation.${this.#session.plan.metric}`] ?? NaN;
    if (Number.isFinite(value)) return value;
    const { learningRate = 0 } = this.#trial.values;
    throw new CodedError('loss-not-finite', {
      ...{ value: String(value), epoch: this.#trial.curve.length + 1, step: 0 },
      learningRate: String(learningRate),
    });
  }

  #keep(changes: Partial<Trial>): void {
    this.#trial = { ...this.#trial, ...changes, seconds: this.#seconds() };
    this.#session.record.keep(this.#trial);
  }

  #seconds(): number {
    return Math.max(0, this.#session.budget.seconds() - this.#began);
  }
}
