/**
 * Measures what a training would take, before it: data, network and step are opened, built and compiled as the training job
 * does it, then some batches, a pass over the validation rows, the saving and the test rows are timed. All that is trained is
 * thrown away. What stays is the answer, and prepared data in the cache, where the training finds it.
 */
import { statfs } from 'node:fs/promises';
import { availableMemory } from 'node:process';
import { requireValidSettings } from '../../catalog';
import { preflightInputSchema, type Preflight, type PreflightInput } from '../../contract';
import type { OpenedData } from '../../data/open-prepared';
import { writePreflight } from '../../data/preflight-file';
import { hasConvolution } from '../../engine/build';
import { FitControl } from '../../engine/fit-control';
import { measuredBatches, measureSteps } from '../../engine/measure-steps';
import { loadTensorFlow } from '../../engine/tf';
import { defineJob, type JobContext } from '../definition';
import { explained } from '../training/explained';
import { forecastOf } from '../training/forecast';
import { measureSaving, measureTesting } from '../training/measure-ends';
import { peakMemory } from '../training/run-forecast';
import { openTrainingData } from '../training/training-data';
import { makeStep, type Trainee } from '../training/training-step';

export const preflightJob = defineJob({
  kind: 'preflight',
  input: preflightInputSchema,
  async run(input, context): Promise<Preflight> {
    requireValidSettings(input.settings, input.data.task);
    const freeMemory = availableMemory();
    const { bavail, bsize } = await statfs(context.library.directory);
    const { prepared, seconds } = await openTimed(input, context);
    try {
      const forecast = await measure(input, context, prepared, seconds);
      context.signal.throwIfAborted();
      const preflight = {
        ...{ madeAt: Date.now(), forecast, cached: prepared.cached },
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

/** The data, and the seconds that opening it takes where it has been made before: the training will find it made. */
async function openTimed({ data }: PreflightInput, context: JobContext) {
  const began = performance.now();
  let [from, to] = [0, 0];
  const watching = {
    ...context,
    progress(progress: Parameters<JobContext['progress']>[0]) {
      to = performance.now();
      if (progress.done === 0) from = to;
      context.progress(progress);
    },
  };
  context.progress({ stage: 'prepare', done: 0, total: null, unit: 'rows' });
  const prepared = await openTrainingData(watching, { data });
  return { prepared, seconds: (performance.now() - began - (to - from)) / 1000 };
}

async function measure(run: PreflightInput, context: JobContext, prepared: OpenedData, preparing: number) {
  const control = new FitControl(context.signal);
  context.progress({ stage: 'measure', done: 0, total: measuredBatches, unit: 'batches' });
  const { result: loaded, seconds: loading } = await timed(() =>
    loadTensorFlow({ convolution: hasConvolution(run.network) }),
  );
  context.signal.throwIfAborted();
  const trainee: Trainee = { run, prepared, loaded };
  const { result: made, seconds: making } = await timed(() => Promise.resolve(makeStep(trainee)));
  try {
    const { settings } = run;
    const steps = await measureSteps({
      ...{ step: made.step, parts: prepared.parts, settings, control },
      onBatches: (done) =>
        context.progress({
          ...{ stage: 'measure', done: Math.min(done, measuredBatches), total: measuredBatches, unit: 'batches' },
        }),
    });
    const saving = await measureSaving(made.step, context.library.paths.temporary);
    const testing = await measureTesting(trainee, control);
    const { state, weights } = saving;
    return forecastOf(
      {
        ...steps,
        opening: preparing + loading + making + steps.warmUp + saving.first,
        ...{ closing: testing.seconds, saving: saving.seconds },
        ...{ peak: peakMemory(), sizes: { state, weights, predictions: testing.predictions } },
      },
      settings,
    );
  } finally {
    made.step.dispose();
  }
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; seconds: number }> {
  const began = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - began) / 1000 };
}
