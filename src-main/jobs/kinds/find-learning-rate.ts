/**
 * Finds a learning rate for a setup before it is trained: data, network and step are opened, built and compiled as the
 * training job does it, and the step is trained at rising rates. Of what it learns nothing stays: a run of the same setup and seed
 * is what it would have been.
 */
import { requireValidSettings } from '../../catalog';
import { CodedError, preflightInputSchema, type PreflightInput, type RateRange } from '../../contract';
import type { OpenedData } from '../../data/open-prepared';
import { hasConvolution } from '../../engine/build';
import { findLearningRate } from '../../engine/find-learning-rate';
import { FitControl } from '../../engine/fit-control';
import { rangeSteps } from '../../engine/rate-range';
import { loadTensorFlow } from '../../engine/tf';
import { defineJob, type JobContext } from '../definition';
import { explained } from '../training/explained';
import { openTrainedPart } from '../training/trained-part';
import { openTrainingData } from '../training/training-data';
import { makeStep } from '../training/training-step';

export const findLearningRateJob = defineJob({
  kind: 'find-learning-rate',
  input: preflightInputSchema,
  async run(input, context): Promise<RateRange> {
    requireValidSettings(input.settings, input.data.task);
    context.progress({ stage: 'prepare', done: 0, total: null, unit: 'rows' });
    const prepared = await openTrainingData(context, input);
    try {
      return await find(input, context, prepared);
    } catch (error) {
      throw context.signal.aborted ? error : explained(error, input.settings.batchSize);
    } finally {
      await prepared.close();
    }
  },
});

async function find(run: PreflightInput, context: JobContext, prepared: OpenedData): Promise<RateRange> {
  const control = new FitControl(context.signal);
  const loaded = await loadTensorFlow({ convolution: hasConvolution(run.network) });
  context.signal.throwIfAborted();
  const unlogged = { log: () => undefined };
  const part = await openTrainedPart({ run, context, record: unlogged, control, prepared }, loaded.tf);
  if (!part) throw new CodedError('job-cancelled');
  try {
    const { step } = makeStep({ run, prepared, part, loaded, resources: context.resources });
    try {
      return await findLearningRate({
        ...{ step, parts: part.parts, settings: run.settings, control },
        onStep: (done) => context.progress({ stage: 'rates', done, total: rangeSteps, unit: 'steps' }),
      });
    } finally {
      step.dispose();
    }
  } finally {
    await part.close();
  }
}
