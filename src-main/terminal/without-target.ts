/** What a project begins with that has no target yet, where its data can be learnt from as they are: pictures without classes. */
import { startingSplit, tasks, tasksWithoutTarget } from '../catalog';
import { CodedError, type Project } from '../contract';
import type { Session } from './session';

type Begun = { [Part in 'data' | 'network' | 'settings']: NonNullable<Project[Part]> };

/**
 * @param versionId of the data. @param asked id of a task; the one that such data is for where none is asked for.
 * @throws CodedError `task-unfit` where the task, or every one, needs a target
 */
export async function withoutTarget(
  { services }: Session,
  versionId: string,
  asked: string | undefined,
): Promise<Begun> {
  const version = await services.datasets.version({ id: versionId });
  const [proposed] = tasksWithoutTarget(version);
  const task = asked === undefined ? proposed : tasks.get(asked);
  if (!task?.fitsAlone?.(version.columns)) throw new CodedError('task-unfit');
  const data = { versionId, task: task.id, target: '', types: {}, split: startingSplit(version, false) };
  const { inputShape, target, codes, counts } = await services.datasets.describe(data);
  const network = task.defaultNetwork(inputShape, target, { codes, rows: counts.training });
  return { data, network, settings: task.defaultSettings(target, counts.training) };
}
