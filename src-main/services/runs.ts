/** Runs: checked before they are saved, started, followed, kept. */
import { adjustmentEvents, furtherSettings, requireValidNetwork, requireValidSettings, tasks } from '../catalog';
import { adjustedSchema, CodedError, isWaiting, type Adjustment, type ContractHandlers, type Run } from '../contract';
import { keptEpochs } from '../storage/branches';
import { getVersion } from '../storage/datasets';
import { newId } from '../storage/ids';
import { newRunName } from '../storage/names';
import { getProject } from '../storage/projects';
import { adjustRun } from '../storage/run-adjust';
import {
  appendLastEvent,
  createRun,
  getRun,
  isRunDeleted,
  listRuns,
  queueRun,
  runHistory,
  setRunJob,
  setRunsDeleted,
  setRunState,
  updateRun,
  type NewRun,
} from '../storage/runs';
import { runsBytes } from '../storage/run-bytes';
import { markRuns } from '../storage/run-summaries';
import { listRunViews, removeRunView, saveRunView } from '../storage/run-views';
import { saveBranch } from './branches';
import type { ServiceContext } from './context';
import { usedSetup } from './edits';
import type { RunQueue } from './run-queue';
import { purgeRuns, runChanges } from './run-table';

export function runsService(context: ServiceContext, queue: RunQueue): ContractHandlers['runs'] {
  const { library, supervisor, notify } = context;
  const { db } = library;
  return {
    list: ({ projectId }) => listRuns(db, projectId),
    changes: ({ since }) => runChanges(db, since),
    get: ({ id }) => getRun(db, id),
    history: ({ id }) => runHistory(db, id),
    async start({ projectId }) {
      const { data, network, settings } = getProject(db, projectId);
      if (!data || !network || !settings) throw new CodedError('task-unfit');
      const { id } = await saveRun(context, { projectId, name: newRunName(db), data, network, settings });
      await queue.enter(id);
      return getRun(db, id);
    },
    adjust: ({ id, changes }) => adjust(context, id, changes),
    keptEpochs: ({ id }) => keptEpochs(db, id),
    async branch(input) {
      const { id } = await saveBranch(context, input);
      await queue.enter(id);
      return getRun(db, id);
    },
    async resume({ id }) {
      requireResumable(context, id);
      await queue.enter(id);
      return getRun(db, id);
    },
    command({ id, command }) {
      const run = getRun(db, id);
      if (isWaiting(run) && (command === 'stop' || command === 'cancel')) queue.drop([id]);
      else supervisor.command(run.jobId ?? id, command);
    },
    watch: ({ id, seq }) => watchRun(context, id, seq),
    update({ id, ...changes }) {
      const run = updateRun(db, id, changes);
      notify('runs-changed');
      return run;
    },
    remove({ ids, deleted }) {
      if (deleted) for (const id of ids) refuseActive(getRun(db, id));
      setRunsDeleted(db, ids, deleted);
      notify('runs-changed');
      notify('projects-changed');
    },
    mark({ marks }) {
      markRuns(db, marks);
      notify('runs-changed');
    },
    bytes: ({ ids }) => runsBytes(db, ids),
    async purge({ ids }) {
      await purgeRuns(db, ids);
      notify('runs-changed');
    },
    views: () => listRunViews(db),
    saveView: ({ name, view }) => saveRunView(db, name, view),
    removeView: ({ id }) => removeRunView(db, id),
  };
}

/**
 * Saves a run, over a new version of the data where edits of it were pending; it waits for nobody yet.
 * @throws CodedError what is wrong with the data setup, the network or the settings; no run is saved then
 */
export async function saveRun(context: ServiceContext, run: Omit<NewRun, 'id' | 'datasetName'>): Promise<Run> {
  const { db } = context.library;
  const task = tasks.get(run.data.task);
  requireValidSettings(run.settings, task.id);
  const data = await usedSetup(context, run.data);
  const version = getVersion(db, data.versionId);
  const { inputShape, codes, target } = await context.data.describe(version, data);
  requireValidNetwork(run.network, inputShape, task.outputs(target), codes);
  const saved = createRun(db, { ...run, data, id: newId(), datasetName: version.datasetName });
  context.notify('projects-changed');
  return saved;
}

/** Saves a run and trains it at once, whatever waits. @throws CodedError as `saveRun`, `Supervisor.start` */
export async function startRun(context: ServiceContext, run: Omit<NewRun, 'id' | 'datasetName'>): Promise<Run> {
  const { id } = await saveRun(context, run);
  return startTraining(context, id);
}

/** @throws CodedError `field-invalid`, `call-invalid` for another batch while it does not train */
async function adjust({ library: { db }, supervisor, notify }: ServiceContext, id: string, changes: Adjustment) {
  const run = getRun(db, id);
  const { jobId, settings, epochsDone, name } = run;
  if (jobId !== null && supervisor.working().some((job) => job.id === jobId)) {
    return adjustedSchema.parse(await supervisor.ask(jobId, { adjust: changes }));
  }
  if (changes.batchSize !== undefined) {
    throw new CodedError('call-invalid', { name: 'runs.adjust', detail: `${name} is not training` });
  }
  const adjusted = furtherSettings(run, changes);
  adjustRun(db, id, { settings: adjusted, goesOn: adjusted.epochs > epochsDone }, () => {
    for (const { code, parameters } of adjustmentEvents(settings, adjusted)) {
      appendLastEvent(db, id, { time: Date.now(), level: 'info', code, parameters });
    }
  });
  notify('runs-changed');
  return { epoch: null };
}

/** Goes on with a run at once, whatever waits. @throws CodedError as `runs.resume` */
export function resumeRun(context: ServiceContext, id: string): Run {
  requireResumable(context, id);
  queueRun(context.library.db, id);
  return startTraining(context, id);
}

/** @throws CodedError `run-active`, `call-invalid` for one that came to its end or was deleted */
export function requireResumable({ library: { db } }: ServiceContext, id: string): void {
  const run = getRun(db, id);
  refuseActive(run);
  const name = 'runs.resume';
  if (run.state === 'finished') throw new CodedError('call-invalid', { name, detail: `${run.name} is finished` });
  if (isRunDeleted(db, id)) throw new CodedError('call-invalid', { name, detail: `${run.name} is deleted` });
}

/** Starts the job of a queued run. @throws CodedError as `Supervisor.start`; the run is `interrupted` then */
export function startTraining({ library, supervisor, notify }: ServiceContext, id: string): Run {
  const { db } = library;
  const { name } = getRun(db, id);
  try {
    const job = supervisor.start({ kind: 'train', input: { runId: id }, subject: name, subjectId: id });
    setRunJob(db, id, job.id);
  } catch (error) {
    setRunState(db, id, 'interrupted');
    throw error;
  } finally {
    notify('runs-changed');
  }
  return getRun(db, id);
}

function watchRun({ library, supervisor, shell }: ServiceContext, id: string, seq: number): boolean {
  if (!shell) throw new CodedError('call-unknown', { name: 'runs.watch' });
  const { jobId } = getRun(library.db, id);
  if (jobId === null || !supervisor.working().some((job) => job.id === jobId)) return false;
  shell.sendPort(id, jobId, seq);
  return true;
}

function refuseActive(run: Run): void {
  if (run.state === 'queued' || run.state === 'running' || run.state === 'paused') {
    throw new CodedError('run-active', { name: run.name });
  }
}
