/**
 * Measures what a training would take, before it: data, network and step are opened, built and compiled as the training job
 * does it, then some batches, a pass over the validation rows, the saving and the test rows are timed. All that is trained is
 * thrown away. What stays is the answer, and prepared data in the cache, where the training finds it.
 */
import { statfs } from 'node:fs/promises';
import { availableMemory } from 'node:process';
import { requireValidSettings } from '../../catalog';
import { CodedError, preflightInputSchema, type Estimate, type Preflight, type PreflightInput } from '../../contract';
import type { OpenedData } from '../../data/open-prepared';
import { writePreflight } from '../../data/preflight-file';
import { hasConvolution } from '../../engine/build';
import { FitControl } from '../../engine/fit-control';
import { measuredBatches, measureSteps } from '../../engine/measure-steps';
import { loadTensorFlow } from '../../engine/tf';
import { rowCount } from '../../engine/training-data';
import { defineJob, type JobContext } from '../definition';
import { explained } from '../training/explained';
import { estimateOf } from '../training/estimate';
import { measureSaving, measureTesting } from '../training/measure-ends';
import { peakMemory } from '../training/run-estimate';
import { readingBytes } from '../training/run-probe';
import { openTrainedPart } from '../training/trained-part';
import { openTrainingData } from '../training/training-data';
import { makeStep, type Trainee } from '../training/training-step';

export const preflightJob = defineJob({
  kind: 'preflight',
  input: preflightInputSchema,
  async run(input, context): Promise<Preflight> {
    requireValidSettings(input.settings, input.data.task);
    const freeMemory = availableMemory();
    const { bavail, bsize } = await statfs(context.library.directory);
    const opening = new Opening(context);
    context.progress({ stage: 'prepare', done: 0, total: null, unit: 'rows' });
    const prepared = await opening.time(() => openTrainingData(opening.context, input));
    try {
      const { estimate, cached } = await measure(input, opening, prepared);
      context.signal.throwIfAborted();
      const preflight = {
        ...{ madeAt: Date.now(), estimate, cached: prepared.cached + cached },
        ...{ freeMemory, freeDisk: bavail * bsize },
      };
      await writePreflight(context.library, input, preflight);
      return preflight;
    } catch (error) {
      throw explained(error, input.settings.batchSize);
    } finally {
      await prepared.close();
    }
  },
});

/** The seconds that opening takes where all that is kept in the cache has been made before: the training will find it made. */
class Opening {
  readonly context: JobContext;
  seconds = 0;
  /** Milliseconds at which the making of the moment began and was last told of. */
  #making: { readonly from: number; readonly to: number } | null = null;

  constructor(context: JobContext) {
    this.context = {
      ...context,
      progress: (progress) => {
        const now = performance.now();
        // What is made in several goes begins with 0 each time; what lies between is part of it.
        this.#making = { from: this.#making?.from ?? now, to: now };
        context.progress(progress);
      },
    };
  }

  async time<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    this.#making = null;
    const began = performance.now();
    const result = await work();
    const { from, to } = this.#making ?? { from: 0, to: 0 };
    this.seconds += (performance.now() - began - (to - from)) / 1000;
    return result;
  }
}

/** @returns what is to be expected, and bytes of the cache that a frozen beginning of the network takes */
async function measure(run: PreflightInput, opening: Opening, prepared: OpenedData) {
  const { context } = opening;
  const control = new FitControl(context.signal);
  context.progress({ stage: 'measure', done: 0, total: measuredBatches, unit: 'batches' });
  const loaded = await opening.time(() => loadTensorFlow({ convolution: hasConvolution(run.network) }));
  context.signal.throwIfAborted();
  const unlogged = { log: () => undefined };
  const part = await opening.time(() =>
    openTrainedPart({ run, context, record: unlogged, control, prepared }, loaded.tf),
  );
  if (!part) throw new CodedError('job-cancelled');
  try {
    const trainee: Trainee = { run, prepared, part, loaded, resources: context.resources };
    const size = part.inputShape.reduce((product, side) => product * side, 4);
    return {
      estimate: await measureTrainee(trainee, opening, control),
      cached: part.isRest ? rowCount(part.data) * size : 0,
    };
  } finally {
    await part.close();
  }
}

async function measureTrainee(trainee: Trainee, opening: Opening, control: FitControl): Promise<Estimate> {
  const { context } = opening;
  const { settings } = trainee.run;
  const { step } = await opening.time(() => makeStep(trainee));
  const [total, unit] = [measuredBatches, 'batches'];
  try {
    const steps = await measureSteps({
      ...{ step, parts: trainee.part.parts, settings, control },
      onBatches: (done) => context.progress({ stage: 'measure', done: Math.min(done, total), total, unit }),
    });
    const saving = await measureSaving(step, context.library.paths.temporary);
    const testing = await measureTesting(trainee, control);
    const { state, weights } = saving;
    const reading = readingBytes(trainee);
    return estimateOf(
      {
        ...steps,
        opening: opening.seconds + steps.warmUp + saving.first,
        ...{ closing: testing.seconds, saving: saving.seconds },
        ...{ peak: peakMemory(), sizes: { state, weights, predictions: testing.predictions, reading } },
      },
      settings,
    );
  } finally {
    step.dispose();
  }
}
