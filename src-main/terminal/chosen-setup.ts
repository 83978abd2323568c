/** `--target`, `--task` and `--type`: what is to be predicted from what, over what the project has; as the window changes it. */
import { columnsOf, setupToLook, tasks, tasksFor, typesFor, withSteps, withTarget, withTask } from '../catalog';
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

interface Asked {
  readonly target?: string | undefined;
  readonly task?: string | undefined;
  /** As `column=type`; a column's name may hold `=`. */
  readonly types?: readonly string[];
}

/**
 * The setup with another target, another task, other types of columns, or all of them.
 * @param setup null where none is begun yet, which a target begins
 * @throws CodedError `argument-invalid`, `column-missing`, `definition-unknown`, `target-unfit` where that can't be learnt
 */
export function withGoal(
  version: DatasetVersion,
  setup: DataSetup | null,
  { target = setup?.target ?? '', task: id, types = [] }: Asked,
): DataSetup {
  if (target !== '' && !version.columns.some(({ name }) => name === target)) refuseColumn(version, target);
  const typed = types.length === 0 ? setup : types.reduce(typedAs(version), setup ?? setupToLook(version));
  const isKept = target === setup?.target && types.length === 0;
  const aimed = isKept ? setup : withTarget(version, typed, target);
  if (!aimed) throw unfit(version, typed?.types ?? {}, target);
  if (id === undefined || id === aimed.task) return aimed;
  const task = tasks.get(id);
  if (fitting(version, aimed.types, aimed.target).includes(task)) return withTask(version, aimed, task);
  // A task that needs no target is not held up by one that it was not asked for.
  if (target === setup?.target && task.fitsAlone?.(columnsOf(version, aimed)))
    return withTask(version, { ...aimed, target: '' }, task);
  throw unfit(version, aimed.types, aimed.target);
}

function typedAs(version: DatasetVersion) {
  return (setup: DataSetup, text: string): DataSetup => {
    const [, name = '', asked = ''] = /^(.+)=([a-z]+)$/s.exec(text) ?? [];
    const found = version.columns.find((one) => one.name === name)?.type;
    if (name !== '' && !found) refuseColumn(version, name);
    const known = found ? typesFor(found) : [];
    const type = known.find((one): one is ColumnType => one === asked);
    if (!type) {
      const detail = found ? `can be ${known.join(', ')}` : 'is not of the form column=type';
      throw new CodedError('argument-invalid', { name: `--type ${text}`, detail });
    }
    const others = Object.fromEntries(Object.entries(setup.types).filter(([column]) => column !== name));
    // Steps for another type would not fit.
    return withSteps({ ...setup, types: type === found ? others : { ...others, [name]: type } }, name, null);
  };
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
