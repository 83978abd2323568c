/** Starts the pre-flight job and reads what it measured. */
import { statfs } from 'node:fs/promises';
import { availableMemory } from 'node:process';
import { requireValidNetwork, requireValidSettings, tasks } from '../catalog';
import { CodedError, preflightSchema, type ContractHandlers, type Job, type PreflightInput } from '../contract';
import { readPreflight } from '../data/preflight-file';
import { getVersion } from '../storage/datasets';
import { getProject } from '../storage/projects';
import type { ServiceContext } from './context';

export function preflightService(context: ServiceContext): ContractHandlers['preflight'] {
  const { library, supervisor } = context;
  return {
    start: async ({ projectId }) => {
      const input = inputOf(context, projectId);
      if (!input) throw new CodedError('task-unfit');
      return { jobId: (await startPreflight(context, input)).id };
    },
    result: async ({ jobId }) => preflightSchema.parse(await supervisor.result(jobId)),
    last: ({ projectId }) => {
      const input = inputOf(context, projectId);
      return input ? readPreflight(library, input) : null;
    },
    async room() {
      const { bavail, bsize } = await statfs(library.directory);
      return { memory: availableMemory(), disk: bavail * bsize };
    },
  };
}

/** The project as it is now; null where something of it has not been chosen yet. */
export function inputOf({ library }: ServiceContext, projectId: string): PreflightInput | null {
  const { data, network, settings } = getProject(library.db, projectId);
  return data && network && settings ? { projectId, data, network, settings } : null;
}

/** @throws CodedError as `startMeasuring` */
export function startPreflight(context: ServiceContext, input: PreflightInput): Promise<Job> {
  return startMeasuring(context, 'preflight', input);
}

/**
 * One job of a kind a project: who asks meanwhile gets the one that runs.
 * @throws CodedError what is wrong with the data setup, the network or the settings
 */
export async function startMeasuring(context: ServiceContext, kind: string, input: PreflightInput): Promise<Job> {
  const { library, supervisor, data } = context;
  const task = tasks.get(input.data.task);
  requireValidSettings(input.settings, task.id);
  const version = getVersion(library.db, input.data.versionId);
  const { inputShape, codes, target } = await data.describe(version, input.data);
  requireValidNetwork(input.network, inputShape, task.outputs(target), codes);
  const running = supervisor.working().find((job) => job.kind === kind && job.subjectId === input.projectId);
  const subject = version.datasetName;
  return running ?? supervisor.start({ kind, input, subject, subjectId: input.projectId });
}
