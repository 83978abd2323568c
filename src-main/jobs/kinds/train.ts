/**
 * Trains a run: its data, network and settings as saved, each epoch one transaction (and more in long ones), the saved
 * model measured on the test rows at the end. A run with a checkpoint goes on from there, with the numbers it would have had.
 */
import { requireValidSettings } from '../../catalog';
import { isErrorCode, isOutsideCause, toWireError, trainInputSchema, type Run } from '../../contract';
import type { OpenedData } from '../../data/open-prepared';
import { hasConvolution, hasRecurrent } from '../../engine/build';
import type { CheckpointRhythm } from '../../engine/checkpoint-pace';
import { fit } from '../../engine/fit';
import type { FitEnd } from '../../engine/fit-reports';
import { FitControl } from '../../engine/fit-control';
import { loadTensorFlow, type LoadedTensorFlow } from '../../engine/tf';
import { dropDamagedCheckpoints, dropMidCheckpoint } from '../../storage/checkpoints';
import { isPassingStorageError } from '../../storage/database';
import { getRun, startRun } from '../../storage/runs';
import { defineJob, type JobContext } from '../definition';
import { Adjustments } from '../training/adjustments';
import { trainWithinMemory } from '../training/batch-memory';
import { tellDeviceUse } from '../training/device-use';
import { explained } from '../training/explained';
import { RunEstimate } from '../training/run-estimate';
import { openProbe } from '../training/run-probe';
import { keepEpoch, keepPart, resume } from '../training/keeping';
import { measureTest } from '../training/measure-test';
import { RunRecord } from '../training/run-record';
import { openTrainedPart, type TrainedPart } from '../training/trained-part';
import { openTrainingData } from '../training/training-data';
import { makeStep, measuresOf } from '../training/training-step';

/** What the parts of a training job share. */
interface Session {
  readonly run: Run;
  readonly context: JobContext;
  readonly record: RunRecord;
  readonly control: FitControl;
  readonly prepared: OpenedData;
  /** What of it all is trained, on what. */
  readonly part: TrainedPart;
  readonly loaded: LoadedTensorFlow;
  readonly rhythm: CheckpointRhythm | undefined;
  readonly estimate: RunEstimate;
  readonly adjustments: Adjustments;
}

export const trainJob = defineJob({
  kind: 'train',
  input: trainInputSchema,
  async run({ runId, rhythm }, context) {
    const run = getRun(context.library.db, runId);
    const record = new RunRecord(context.library, run, (event) => context.live(event));
    const control = listen(context, record);
    const estimate = new RunEstimate(context.library, run, record, control);
    const adjustments = new Adjustments(context, runId, record, control);
    try {
      const opened = { ...(await open(run, context, record, control)), rhythm, estimate, adjustments };
      try {
        const part = await openTrainedPart(opened, opened.loaded.tf);
        if (part) return { runId, state: await trainPart({ ...opened, part }) };
        record.log('stopped', { epochs: run.epochsDone });
        record.end('stopped');
        return { runId, state: 'stopped' };
      } finally {
        await opened.prepared.close();
      }
    } catch (error) {
      throw await fail(error, run, record, context);
    }
  },
});

async function trainPart(opened: Session): Promise<'stopped' | 'finished'> {
  const { record, part, estimate } = opened;
  try {
    let { session, end } = await trainWithinMemory(opened, train);
    while (end.reason === 'left') {
      const run = opened.adjustments.apply(part.parts.training.length);
      ({ session, end } = await trainWithinMemory({ ...session, run }, train));
    }
    await record.settled();
    const state = end.reason === 'stopped' ? 'stopped' : 'finished';
    if (end.position.epoch > 0) await measureTest({ ...session, measures: measuresOf(session) });
    logEnd(session, end);
    if (state === 'finished') estimate.end(end.position.epoch);
    record.end(state);
    return state;
  } finally {
    await part.close();
  }
}

/** Commands of the person reach the loop between two steps. */
function listen(context: JobContext, record: RunRecord): FitControl {
  const control = new FitControl(context.signal, (paused) => {
    record.pause(paused);
    context.state(paused ? 'paused' : 'running');
  });
  context.onCommand((command) => control[command]());
  return control;
}

async function open(run: Run, context: JobContext, record: RunRecord, control: FitControl) {
  requireValidSettings(run.settings, run.data.task);
  context.progress({ stage: 'prepare', done: 0, total: null, unit: 'rows' });
  const prepared = await openTrainingData(context, run);
  context.signal.throwIfAborted();
  const loaded = await loadTensorFlow({ convolution: hasConvolution(run.network) });
  return { run, context, record, control, prepared, loaded };
}

async function train(session: Session): Promise<FitEnd> {
  const { run, context, record, control, prepared, part, loaded, estimate } = session;
  const { backend, slowReason } = loaded;
  const rows = prepared.parts.training.length;
  const { step, model, parameterCount, engine } = makeStep({ ...session, resources: context.resources });
  const endTelling = tellDeviceUse(backend === 'tensorflow-cuda', (use) => record.send({ type: 'device', use }));
  try {
    const damaged = dropDamagedCheckpoints(context.library.db, run.id);
    startRun(context.library.db, run.id, { backend, parameterCount, jobId: context.jobId, engine });
    record.begin();
    for (const place of damaged) record.log('checkpoint-damaged', place, 'warning');
    if (loaded.opsReason !== null && hasRecurrent(run.network)) {
      record.log('recurrent-composed', { reason: loaded.opsReason }, 'warning');
    }
    if (slowReason !== null) record.log('backend-slow', { backend, reason: slowReason }, 'warning');
    else if (engine.reason !== null) record.log('step-eager', { reason: engine.reason }, 'warning');
    if (engine.reason !== null && run.settings.precision !== 'float32') record.log('precision-full', {}, 'warning');
    if (engine.recordingSeconds !== null) record.log('step-compiled', { seconds: engine.recordingSeconds });
    record.log('training-started', { backend, rows, parameters: parameterCount, seed: run.settings.seed });
    const start = await resume(session, context.library, step);
    await estimate.begin(start, prepared.parts, run.settings);
    const probe = await openProbe({ ...session, library: context.library, step, model });
    return await fit({
      step,
      parts: part.parts,
      settings: run.settings,
      metrics: measuresOf(session).metrics,
      control,
      start,
      onBatch(report) {
        context.progress({ stage: 'train', done: report.stepsDone, total: report.stepsTotal, unit: 'steps' });
        record.send({ type: 'batch', ...report });
        estimate.afterBatches(report.stepsDone);
      },
      async onEpoch(report) {
        await keepEpoch(session, step, report, await probe?.after(report));
        estimate.afterEpoch();
      },
      onPart: (report) => keepPart(session, step, report),
      ...(session.rhythm ? { rhythm: session.rhythm } : {}),
    });
  } finally {
    endTelling();
    step.dispose();
  }
}

function logEnd({ run, record, prepared }: Session, { reason, position, watchedMetric }: FitEnd): void {
  const { earlyStopping, batchSize } = run.settings;
  const { epoch: epochs, best, part } = position;
  if (reason === 'early') {
    record.log('early-stop-by', { epoch: epochs, metric: watchedMetric, patience: earlyStopping.patience });
  }
  if (reason !== 'stopped') {
    record.log('finished', { epochs, saved: earlyStopping.restoreBest ? (best?.epoch ?? epochs) : epochs });
  } else if (part) {
    const step = epochs * Math.ceil(prepared.parts.training.length / batchSize) + part.steps;
    record.log('stopped-within', { epoch: epochs + 1, step, epochs });
  } else record.log('stopped', { epochs });
}

/** Stores why it ended. A cancel is the person's stop, without the measuring. @returns what is to be thrown. */
async function fail(error: unknown, run: Run, record: RunRecord, context: JobContext): Promise<unknown> {
  const coded = context.signal.aborted ? error : explained(error, run.settings.batchSize);
  const wire = toWireError(coded);
  try {
    await record.settled();
    if (context.signal.aborted) {
      record.log('stopped', { epochs: getRun(context.library.db, run.id).epochsDone });
      record.end('stopped');
      return error;
    }
    // What went wrong may have begun in the middle of the epoch that was kept.
    if (wire.code.startsWith('loss-not-finite')) dropMidCheckpoint(context.library.db, run.id);
    record.log(isErrorCode(wire.code) ? wire.code : 'unexpected', wire.parameters, 'error');
    record.end(isOutsideCause(wire.code) ? 'interrupted' : 'failed', wire);
  } catch (refused) {
    // A full disk refuses this too: the supervisor hears the cause and writes the run's end when there is room.
    if (!isPassingStorageError(refused)) throw refused;
  }
  return coded;
}
