/** Runs: checked before they are saved, started, followed, kept. */
import { requireValidNetwork, requireValidSettings, tasks } from '../catalog';
import { CodedError, type ContractHandlers, type Run } from '../contract';
import { getVersion } from '../storage/datasets';
import { newId } from '../storage/ids';
import { newRunName } from '../storage/names';
import { getProject } from '../storage/projects';
import { extendRun } from '../storage/run-extend';
import {
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
import type { ServiceContext } from './context';
import { usedSetup } from './edits';

export function runsService(context: ServiceContext): ContractHandlers['runs'] {
  const { library, supervisor, notify } = context;
  const { db } = library;
  return {
    list: ({ projectId }) => listRuns(db, projectId),
    get: ({ id }) => getRun(db, id),
    history: ({ id }) => runHistory(db, id),
    async start({ projectId }) {
      const { data, network, settings } = getProject(db, projectId);
      if (!data || !network || !settings) throw new CodedError('task-unfit');
      return startRun(context, { projectId, name: newRunName(db), data, network, settings });
    },
    resume: ({ id }) => resumeRun(context, id),
    extend: ({ id, epochs }) => furtherRun(context, id, epochs),
    command({ id, command }) {
      const { jobId } = getRun(db, id);
      supervisor.command(jobId ?? id, command);
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
  };
}

/**
 * Saves a run and starts its job, over a new version of the data where edits of it were pending.
 * @throws CodedError what is wrong with the data setup, the network or the settings; no run is saved then
 */
export async function startRun(context: ServiceContext, run: Omit<NewRun, 'id' | 'datasetName'>): Promise<Run> {
  const { db } = context.library;
  const task = tasks.get(run.data.task);
  requireValidSettings(run.settings, task.id);
  const data = await usedSetup(context, run.data);
  const version = getVersion(db, data.versionId);
  const { inputShape, codes, target } = await context.data.describe(version, data);
  requireValidNetwork(run.network, inputShape, task.outputs(target), codes);
  const { id } = createRun(db, { ...run, data, id: newId(), datasetName: version.datasetName });
  context.notify('projects-changed');
  return startTraining(context, id);
}

/** @throws CodedError `run-active`, `call-invalid` for one that came to its end or was deleted */
function resumeRun(context: ServiceContext, id: string): Run {
  const { db } = context.library;
  const run = getRun(db, id);
  refuseActive(run);
  const name = 'runs.resume';
  if (run.state === 'finished') throw new CodedError('call-invalid', { name, detail: `${run.name} is finished` });
  if (isRunDeleted(db, id)) throw new CodedError('call-invalid', { name, detail: `${run.name} is deleted` });
  queueRun(db, id);
  return startTraining(context, id);
}

/** @throws CodedError `run-active`, `run-without-model` for one without a complete epoch, `call-invalid` for a deleted one */
function furtherRun(context: ServiceContext, id: string, epochs: number): Run {
  const { db } = context.library;
  const run = getRun(db, id);
  refuseActive(run);
  if (run.epochsDone === 0) throw new CodedError('run-without-model', { name: run.name });
  if (isRunDeleted(db, id))
    throw new CodedError('call-invalid', { name: 'runs.extend', detail: `${run.name} is deleted` });
  extendRun(db, id, epochs);
  return startTraining(context, id);
}

function startTraining({ library, supervisor, notify }: ServiceContext, id: string): Run {
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
