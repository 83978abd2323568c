/**
 * Trains a run: its data, network and settings as saved, each epoch one transaction, the saved model measured on the test
 * rows at the end. A run with a checkpoint goes on from its last complete epoch, with the numbers it would have had.
 */
import { losses, metrics, optimizers, requireValidSettings, tasks } from '../../catalog';
import { CodedError, isErrorCode, isOutsideCause, toWireError, trainInputSchema, type Run } from '../../contract';
import { prepareData } from '../../data/prepare';
import type { PreparedData } from '../../data/prepared';
import { buildModel, hasConvolution } from '../../engine/build';
import { balancedWeights } from '../../engine/class-weights';
import { createStep } from '../../engine/create-step';
import { evaluateRows } from '../../engine/evaluate';
import { beginning, fit, type EpochReport, type FitEnd, type FitPosition } from '../../engine/fit';
import { FitControl } from '../../engine/fit-control';
import type { Step } from '../../engine/step';
import { loadTensorFlow, type LoadedTensorFlow } from '../../engine/tf';
import type { TrainingData } from '../../engine/training-data';
import { latestCheckpoint } from '../../storage/checkpoints';
import { isPassingStorageError } from '../../storage/database';
import { getVersion } from '../../storage/datasets';
import { saveEvaluation } from '../../storage/evaluations';
import { getRun, setTestMetrics, startRun } from '../../storage/runs';
import { defineJob, type JobContext } from '../definition';
import { checkpointOf, restoreCheckpoint } from '../training/checkpoint-state';
import { modelInputs } from '../training/model-inputs';
import { rounded, RunRecord } from '../training/run-record';
import { openSavedModel } from '../training/saved-model';

/** What the parts of a training job share. */
interface Session {
  readonly run: Run;
  readonly context: JobContext;
  readonly record: RunRecord;
  readonly control: FitControl;
  readonly prepared: PreparedData;
  readonly loaded: LoadedTensorFlow;
}

export const trainJob = defineJob({
  kind: 'train',
  input: trainInputSchema,
  async run({ runId }, context) {
    const run = getRun(context.library.db, runId);
    const record = new RunRecord(context.library, run, (event) => context.live(event));
    const control = listen(context, record);
    try {
      const session = await open(run, context, record, control);
      const end = await train(session);
      const state = end.reason === 'stopped' ? 'stopped' : 'finished';
      if (end.position.epoch > 0) await measureTest(session);
      logEnd(session, end);
      record.end(state);
      return { runId, state };
    } catch (error) {
      throw fail(error, run, record, context);
    }
  },
});

/** Commands of the person reach the loop between two steps. */
function listen(context: JobContext, record: RunRecord): FitControl {
  const control = new FitControl(context.signal, (paused) => {
    record.pause(paused);
    context.state(paused ? 'paused' : 'running');
  });
  context.onCommand((command) => control[command]());
  return control;
}

async function open(run: Run, context: JobContext, record: RunRecord, control: FitControl): Promise<Session> {
  requireValidSettings(run.settings, run.data.task);
  context.progress({ stage: 'prepare', done: 0, total: null, unit: 'rows' });
  const { library } = context;
  const prepared = await prepareData(library, getVersion(library.db, run.data.versionId), run.data);
  context.signal.throwIfAborted();
  const loaded = await loadTensorFlow({ convolution: hasConvolution(run.network) });
  return { run, context, record, control, prepared, loaded };
}

async function train(session: Session): Promise<FitEnd> {
  const { run, context, record, control, prepared, loaded } = session;
  const { tf, backend, slowReason } = loaded;
  const { seed } = run.settings;
  const task = tasks.get(run.data.task);
  const model = buildModel(tf, run.network, prepared.inputShape, task.outputs(prepared.target), seed);
  const parameterCount = model.countParams();
  const rows = prepared.parts.training.length;
  const { step, eagerReason } = createStep(
    {
      ...measures(session),
      tf,
      model,
      data: trainingData(prepared),
      ...optimizer(run),
      classWeights: classWeights(session),
    },
    rows,
    run.settings.batchSize,
  );
  try {
    startRun(context.library.db, run.id, { backend, parameterCount, jobId: context.jobId });
    record.begin();
    if (slowReason !== null) record.log('backend-slow', { backend, reason: slowReason }, 'warning');
    if (slowReason === null && eagerReason !== null) {
      record.log('step-eager', { reason: eagerReason }, 'warning');
    }
    record.log('training-started', { backend, rows, parameters: parameterCount, seed });
    return await fit({
      step,
      parts: prepared.parts,
      settings: run.settings,
      metrics: measures(session).metrics,
      control,
      start: resume(session, step),
      onBatch(report) {
        context.progress({ stage: 'train', done: report.stepsDone, total: report.stepsTotal, unit: 'steps' });
        record.send({ type: 'batch', ...report });
      },
      onEpoch: (report) => keepEpoch(session, step, report),
    });
  } finally {
    step.dispose();
  }
}

function resume({ run, context, record }: Session, step: Step): FitPosition {
  const checkpoint = latestCheckpoint(context.library.db, run.id);
  if (!checkpoint) return beginning;
  const position = restoreCheckpoint(checkpoint, step);
  record.log('resumed', { epoch: checkpoint.epoch, step: checkpoint.step });
  return position;
}

/** One epoch, whole or not at all: figures, log, checkpoint, and the model where this epoch's is to be kept. */
async function keepEpoch({ run, record, prepared }: Session, step: Step, report: EpochReport): Promise<void> {
  const { epoch, batches, position, better } = report;
  const { best } = position;
  if (better && best && epoch.epoch > 1) {
    record.log('epoch-better', { epoch: epoch.epoch, metric: best.metric, value: rounded(best.value) });
  }
  const keep = better || !run.settings.earlyStopping.restoreBest;
  const { preparation, inputShape, target } = prepared;
  record.commit({
    epoch,
    batches,
    best,
    checkpoint: checkpointOf(position, await step.readState()),
    bestModel: keep
      ? {
          info: {
            runId: run.id,
            task: run.data.task,
            inputShape: [...inputShape],
            target,
            inputs: modelInputs(preparation),
            epoch: epoch.epoch,
          },
          preparation,
          ...plainManifest(await step.readWeights()),
        }
      : undefined,
  });
}

function plainManifest({ manifest, weights }: Awaited<ReturnType<Step['readWeights']>>) {
  return { manifest: manifest.map(({ name, shape }) => ({ name, shape: [...shape] })), weights };
}

/** The saved model on the test rows, not the weights that happen to be in memory. */
async function measureTest(session: Session): Promise<void> {
  const { run, context, record, prepared, loaded } = session;
  const { test } = prepared.parts;
  if (test.length === 0) return;
  const { db } = context.library;
  const { finished } = openSavedModel(loaded.tf, context.library, run.id);
  try {
    // A person who stops wants what there is, so the measuring itself only ends by a cancel.
    const control = new FitControl(context.signal);
    const measured = measures(session);
    const { target } = prepared;
    const result = await evaluateRows(finished, measured, trainingData(prepared), target, test, control);
    const evaluation = { runId: run.id, part: 'test' as const, rows: test.length, target };
    saveEvaluation(
      db,
      { ...evaluation, metrics: result.metrics, confusion: result.confusion },
      {
        indices: test,
        actual: result.actual,
        outputs: result.outputs,
      },
    );
    setTestMetrics(db, run.id, result.metrics);
    const metric = measured.metrics[0]?.id ?? 'loss';
    record.log('tested', { rows: test.length, metric, value: rounded(result.metrics[metric] ?? NaN) });
  } finally {
    finished.model.dispose();
  }
}

function logEnd({ run, record }: Session, { reason, position }: FitEnd): void {
  const saved = run.settings.earlyStopping.restoreBest ? (position.best?.epoch ?? position.epoch) : position.epoch;
  if (reason === 'early') {
    record.log('early-stop', { epoch: position.epoch, patience: run.settings.earlyStopping.patience });
  }
  if (reason === 'stopped') record.log('stopped', { epochs: position.epoch });
  else record.log('finished', { epochs: position.epoch, saved });
}

/** Stores why it ended. A cancel is the person's stop, without the measuring. @returns what is to be thrown. */
function fail(error: unknown, run: Run, record: RunRecord, context: JobContext): unknown {
  if (context.signal.aborted) {
    record.log('stopped', { epochs: getRun(context.library.db, run.id).epochsDone });
    record.end('stopped');
    return error;
  }
  const coded = explain(error, run);
  const wire = toWireError(coded);
  try {
    record.log(isErrorCode(wire.code) ? wire.code : 'unexpected', wire.parameters, 'error');
    record.end(isOutsideCause(wire.code) ? 'interrupted' : 'failed', wire);
  } catch (refused) {
    // A full disk refuses this too: the supervisor hears the cause and writes the run's end when there is room.
    if (!isPassingStorageError(refused)) throw refused;
  }
  return coded;
}

/** TensorFlow's own errors in words for people, where their cause is known. */
function explain(error: unknown, run: Run): unknown {
  if (error instanceof CodedError || !(error instanceof Error)) return error;
  if (/RESOURCE_EXHAUSTED|OOM when|out of memory|failed to allocate/i.test(error.message)) {
    return new CodedError('out-of-memory', { batchSize: run.settings.batchSize }, error);
  }
  const kernel = /Kernel '(\w+)' not registered for backend '(\w+)'/.exec(error.message);
  if (!kernel) return error;
  const detail = `it has no ${kernel[1] ?? ''}`;
  return new CodedError('backend-cannot-train', { backend: kernel[2] ?? '', detail }, error);
}

function measures({ run, prepared }: Session) {
  const task = tasks.get(run.data.task);
  return {
    loss: losses.get(run.settings.loss),
    metrics: task.metrics.map((id) => metrics.get(id)),
    targetScale: prepared.preparation.targetScale,
  };
}

function optimizer({ settings }: Run) {
  const { learningRate, clipping } = settings;
  const { type, fields } = settings.optimizer;
  return { optimizer: { definition: optimizers.get(type), fields }, learningRate, clipping };
}

function classWeights({ run, prepared }: Session): readonly number[] | undefined {
  const { target, targets, parts } = prepared;
  if (run.settings.classWeights === 'none' || target.kind !== 'classes') return undefined;
  return balancedWeights(targets, parts.training, target.classes.length);
}

function trainingData({ preparation, inputShape, inputs, scale, targets }: PreparedData): TrainingData {
  return { inputShape, inputs, scale, targets, targetScale: preparation.targetScale };
}
