/** What a project begins with that has no target yet, where its data can be learnt from as they are: pictures without classes. */
import { startingSplit, tasks, tasksWithoutTarget } from '../catalog';
import { CodedError } from '../contract';
import type { Session } from './session';
import { withDefaults, type Chosen } from './chosen-setup';

/**
 * @param versionId of the data. @param asked id of a task; the one that such data is for where none is asked for.
 * @throws CodedError `task-unfit` where the task, or every one, needs a target
 */
export async function withoutTarget(
  { services }: Session,
  versionId: string,
  asked: string | undefined,
): Promise<Chosen> {
  const version = await services.datasets.version({ id: versionId });
  const [proposed] = tasksWithoutTarget(version);
  const task = asked === undefined ? proposed : tasks.get(asked);
  if (!task?.fitsAlone?.(version.columns)) throw new CodedError('task-unfit');
  const data = { versionId, task: task.id, target: '', types: {}, split: startingSplit(version, false) };
  return withDefaults(services, data);
}
