/** Edits of a data setup as pure functions: target, column types, weight of rows. The window's and the terminal's. */
import type { Column, ColumnType, DataSetup, DatasetVersion, ForecastChoices, Step } from '../contract';
import type { TaskDefinition } from './definitions';
import { forecastParts, startingSplit, startingSteps, stepsForText, tasks, tasksFor, textColumn } from './index';

/** The columns with the types that the person corrected. */
export function columnsOf(version: DatasetVersion, setup: Pick<DataSetup, 'types'> | null): Column[] {
  return version.columns.map((column) => ({ ...column, type: setup?.types[column.name] ?? column.type }));
}

/** Rows and columns can be looked at before a target is chosen. */
export function setupToLook(version: DatasetVersion): DataSetup {
  const split = { kind: 'random', seed: 1, validation: 0, test: 0, stratified: false } as const;
  const { id: versionId, columns, proposed } = version;
  const target = proposed?.target ?? columns[0]?.name ?? '';
  return { versionId, types: {}, target, task: proposed?.task ?? '', split: proposed?.split ?? split };
}

/** The first task that fits this target; null if none does. */
export function taskFor(columns: readonly Column[], targetName: string): TaskDefinition | null {
  return tasksFor({ columns: [...columns] }, targetName)[0] ?? null;
}

/** The tasks that can be done with the target of the setup. */
export function tasksOf(version: DatasetVersion, { target, types, weightColumn }: DataSetup): TaskDefinition[] {
  const columns = columnsOf(version, { types }).filter(({ name }) => name !== weightColumn);
  return tasksFor({ columns, finding: version.finding }, target);
}

/** The setup with another task for the same target; steps that the former task began with give way to the new one's. */
export function withTask(version: DatasetVersion, setup: DataSetup, task: TaskDefinition): DataSetup {
  const anomaly = task.target === 'reconstruction' ? setup.anomaly : undefined;
  const typed = {
    ...setup,
    anomaly,
    forecast: undefined,
    types: typesForTask(version, setup.types, setup.target, task),
  };
  const changed = { ...typed, task: task.id, ...stepsFor(version, typed, setup.target, task) };
  return { ...changed, ...forecastParts(task, columnsOf(version, typed), setup.target, setup.split) };
}

/** The choices of a forecast with others in their place. */
export function withForecast(setup: DataSetup, changed: Partial<ForecastChoices>): DataSetup {
  return setup.forecast ? { ...setup, forecast: { ...setup.forecast, ...changed } } : setup;
}

/** The choices of a forecast as far as its columns are there and are not the target; a task that needs them begins with some. */
function forecastFor(
  version: DatasetVersion,
  setup: Pick<DataSetup, 'forecast' | 'types' | 'split'>,
  target: string,
  task: TaskDefinition,
): Pick<DataSetup, 'forecast'> {
  if (task.input !== 'steps') return {};
  const { forecast } = setup;
  if (!forecast) return forecastParts(task, columnsOf(version, setup), target, setup.split);
  const has = (name: string | null) => name !== target && version.columns.some((column) => column.name === name);
  const { time, series, covariates } = forecast;
  const kept = { time: has(time) ? time : null, series: has(series) ? series : null };
  return { forecast: { ...forecast, ...kept, covariates: covariates.filter(has) } };
}

/** The corrected types with those that a task begins with; what a person corrected stays. */
function typesForTask(
  version: DatasetVersion,
  types: DataSetup['types'],
  target: string,
  task: TaskDefinition,
): DataSetup['types'] {
  return { ...task.startingTypes?.(columnsOf(version, { types }), target), ...types };
}

/** The setup in which a task over texts learns from this column. */
export function withText(version: DatasetVersion, setup: DataSetup, column: string): DataSetup {
  const own = setup.steps?.[column];
  const chosen = own && own.length > 0 ? own : undefined;
  const changed = stepsForText(columnsOf(version, setup), setup.target, column, chosen);
  return { ...setup, steps: { ...setup.steps, ...changed } };
}

/** A person's steps are kept, but where the task changes from or to one with steps of its own. */
function stepsFor(
  version: DatasetVersion,
  setup: Pick<DataSetup, 'task' | 'steps' | 'types'> | null,
  target: string,
  task: TaskDefinition,
): Pick<DataSetup, 'steps'> {
  const before = setup && tasks.has(setup.task) ? tasks.get(setup.task) : null;
  const columns = columnsOf(version, setup);
  const hasText = task.input !== 'text' || textColumn(columns, { target, steps: setup?.steps }) !== null;
  const isKept = before?.id === task.id || (!before?.startingSteps && !task.startingSteps);
  if (isKept && hasText && setup?.steps) return { steps: setup.steps };
  return { steps: task.startingSteps?.(columns, target) ?? startingSteps(columns, target) };
}

/** The corrected types with a column as target: one that was left out counts again as what it holds. */
export function typesWithTarget(setup: Pick<DataSetup, 'types'> | null, target: string): DataSetup['types'] {
  return Object.fromEntries(
    Object.entries(setup?.types ?? {}).filter(([name, type]) => name !== target || type !== 'ignored'),
  );
}

/** The setup with another target, its task following; null where no task fits. A weight that becomes the target is none. */
export function withTarget(version: DatasetVersion, setup: DataSetup | null, target: string): DataSetup | null {
  const weight = setup?.weightColumn === target ? undefined : setup?.weightColumn;
  const before = setup?.target === target ? setup.types : typesWithTarget(setup, target);
  const columns = columnsOf(version, { types: before }).filter(({ name }) => name !== weight);
  const fitting = tasksFor({ columns, finding: version.finding }, target);
  const kept = setup?.target === target ? fitting.find(({ id }) => id === setup.task) : undefined;
  const task = kept ?? fitting[0];
  if (!task) return null;
  const types = kept ? before : typesForTask(version, before, target, task);
  const split = setup?.split ?? version.proposed?.split ?? startingSplit(version, true);
  const { steps } = stepsFor(version, setup && { ...setup, types }, target, task);
  const changed = { versionId: version.id, types, split, target, task: task.id };
  const forecast = forecastFor(version, { forecast: setup?.forecast, types, split }, target, task);
  return {
    ...changed,
    ...(weight === undefined ? {} : { weightColumn: weight }),
    ...(steps ? { steps } : {}),
    ...(setup?.spectrogram === undefined ? {} : { spectrogram: setup.spectrogram }),
    ...forecast,
    // Values of another column would mean nothing.
    ...(kept?.target === 'reconstruction' && setup?.anomaly ? { anomaly: setup.anomaly } : {}),
  };
}

/** @param column null for none. @returns null where no task fits afterwards, as the weight is no input. */
export function withWeight(version: DatasetVersion, setup: DataSetup, column: string | null): DataSetup | null {
  return withTarget(version, { ...setup, weightColumn: column ?? undefined }, setup.target);
}

/** The same choices over another version, without those of columns that it lacks; null where it lacks the target. */
export function setupOver(version: DatasetVersion, setup: DataSetup): DataSetup | null {
  const { weightColumn, ...choices } = setup;
  const has = (name: string) => version.columns.some((column) => column.name === name);
  if (setup.target !== '' && !has(setup.target)) return null;
  const types = Object.fromEntries(Object.entries(setup.types).filter(([name]) => has(name)));
  const weight = weightColumn !== undefined && has(weightColumn) ? { weightColumn } : {};
  const task = tasks.has(setup.task) ? tasks.get(setup.task) : null;
  const forecast = task && setup.forecast ? forecastFor(version, setup, setup.target, task) : {};
  return { ...choices, ...weight, ...forecast, types, versionId: version.id };
}

export interface WeightChoice {
  readonly name: string;
  /** Why it cannot be the weight; null where it can. */
  readonly unfit: 'gaps' | 'negative' | null;
}

/** The columns of numbers that may say how much a row counts, without the target. */
export function weightChoices(version: DatasetVersion, setup: Pick<DataSetup, 'types' | 'target'>): WeightChoice[] {
  return version.columns
    .filter(({ name, type }) => type === 'number' && name !== setup.target)
    .map(({ name, missing, statistics }) => {
      if ((statistics?.minimum ?? 0) < 0) return { name, unfit: 'negative' };
      return { name, unfit: missing > 0 ? 'gaps' : null };
    });
}

/** @param chosen null for those of the column's type. A setup without any chosen steps has no `steps`. */
export function withSteps(setup: DataSetup, column: string, chosen: readonly Step[] | null): DataSetup {
  const others = Object.entries(setup.steps ?? {}).filter(([name]) => name !== column);
  const all: [string, Step[]][] = chosen === null ? others : [...others, [column, [...chosen]]];
  const changed: DataSetup = { ...setup, steps: Object.fromEntries(all) };
  if (all.length === 0) delete changed.steps;
  return changed;
}

/** The setup with another type of a column; null where no task fits afterwards. */
export function withType(
  version: DatasetVersion,
  setup: DataSetup,
  column: string,
  type: ColumnType,
): DataSetup | null {
  const found = version.columns.find((candidate) => candidate.name === column)?.type;
  const others = Object.fromEntries(Object.entries(setup.types).filter(([name]) => name !== column));
  const types = type === found ? others : { ...others, [column]: type };
  // Steps for another type would not fit.
  return withTarget(version, withSteps({ ...setup, types }, column, null), setup.target);
}

const castable: Record<ColumnType, readonly ColumnType[]> = {
  number: ['number', 'category', 'text', 'ignored'],
  category: ['category', 'text', 'ignored'],
  text: ['text', 'category', 'ignored'],
  date: ['date', 'category', 'text', 'ignored'],
  image: ['image', 'ignored'],
  labels: ['labels', 'ignored'],
  boxes: ['boxes', 'ignored'],
  spans: ['spans', 'ignored'],
  audio: ['audio', 'ignored'],
  ignored: ['ignored', 'category', 'text'],
};

/** Types that a column found as `found` may be given. */
export function typesFor(found: ColumnType): readonly ColumnType[] {
  return castable[found];
}
