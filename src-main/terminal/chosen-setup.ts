/** `--target`, `--task` and `--type`: what is to be predicted from what, over what the project has; as the window changes it. */
import { columnsOf, tasks, tasksFor, typesFor, withTarget, withTask, withType } from '../catalog';
import { CodedError, type ColumnType, type DataSetup, type DatasetVersion, type Project } from '../contract';
import type { Session } from './session';

/** What a run is made of. */
export type Chosen = { [Part in 'data' | 'network' | 'settings']: NonNullable<Project[Part]> };

/** A setup with the network and settings that its task begins with. @throws CodedError as `describe` */
export async function withDefaults({ datasets }: Session['services'], data: DataSetup): Promise<Chosen> {
  const { inputShape, target, codes, counts } = await datasets.describe(data);
  const task = tasks.get(data.task);
  const network = task.defaultNetwork(inputShape, target, { codes, rows: counts.training });
  return { data, network, settings: task.defaultSettings(target, counts.training) };
}

/**
 * @param texts as `column=type`; a column's name may hold `=`.
 * @throws CodedError `argument-invalid`, `column-missing`; `task-unfit` where nothing could be trained any more
 */
export function withTypes(version: DatasetVersion, setup: DataSetup, texts: readonly string[]): DataSetup {
  return texts.reduce((before, text) => {
    const [, name = '', asked = ''] = /^(.+)=([a-z]+)$/s.exec(text) ?? [];
    const column = version.columns.find((one) => one.name === name);
    const types = typesFor(column?.type ?? 'text');
    if (name !== '' && !column) refuseColumn(version, name);
    const type = types.find((one): one is ColumnType => one === asked);
    if (!type)
      throw new CodedError('argument-invalid', {
        name: `--type ${text}`,
        detail: column ? `can be ${types.join(', ')}` : 'is not of the form column=type',
      });
    const changed = withType(version, before, name, type);
    if (!changed) throw new CodedError('task-unfit');
    return changed;
  }, setup);
}

/**
 * The setup with another target, another task, or both.
 * @param setup null where none is begun yet, which a target begins
 * @throws CodedError `column-missing`, `definition-unknown`, `target-unfit` where the task can't be done with the target
 */
export function withGoal(
  version: DatasetVersion,
  setup: DataSetup | null,
  { target, task: id }: { readonly target?: string | undefined; readonly task?: string | undefined },
): DataSetup {
  if (target !== undefined && !version.columns.some(({ name }) => name === target)) refuseColumn(version, target);
  const isKept = target === undefined || target === setup?.target;
  const aimed = isKept ? setup : withTarget(version, setup, target);
  if (!aimed) throw unfit(version, setup?.types ?? {}, target ?? '');
  if (id === undefined || id === aimed.task) return aimed;
  const task = tasks.get(id);
  const columns = columnsOf(version, aimed);
  if (fitting(version, aimed.types, aimed.target).includes(task)) return withTask(version, aimed, task);
  // A task that needs no target is not held up by one.
  if (target === undefined && task.fitsAlone?.(columns)) return withTask(version, { ...aimed, target: '' }, task);
  throw unfit(version, aimed.types, aimed.target);
}

function fitting(version: DatasetVersion, types: DataSetup['types'], target: string) {
  return tasksFor({ columns: columnsOf(version, { types }), finding: version.finding }, target);
}

function unfit(version: DatasetVersion, types: DataSetup['types'], target: string): CodedError {
  const known = fitting(version, types, target).map(({ id }) => id);
  return new CodedError('target-unfit', { column: target, known: known.join(', ') || '–' });
}

function refuseColumn({ columns }: DatasetVersion, column: string): never {
  throw new CodedError('column-missing', { column, known: columns.map(({ name }) => name).join(', ') });
}
