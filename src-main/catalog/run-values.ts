/**
 * A run's data, network and settings as flat values, so that they can be columns, compared and searched for by name. Names are
 * those of the settings' fields; fields of a chosen optimizer or schedule stand below it (`optimizer.momentum`).
 */
import type { DataSetup, FieldValue, FieldValues, NetworkSpec, TrainingSettings } from '../contract';
import type { Fields } from './fields';
import { optimizers, schedules, tasks } from './index';
import { settingsValues } from './settings';

export function runValues(run: {
  readonly data: DataSetup;
  readonly network: NetworkSpec;
  readonly settings: TrainingSettings;
  /** Where and how it was trained; null before. */
  readonly backend: string | null;
  readonly engine: string | null;
}): FieldValues {
  const { data, network, settings } = run;
  // Filled in place: thousands of runs are read at once.
  const values: Record<string, FieldValue> = settingsValues(settings);
  // Said of every run, used where anomalies are looked for.
  if (tasks.has(data.task) && tasks.get(data.task).target !== 'reconstruction') delete values['anomalyScore'];
  values['lossFunction'] = settings.loss;
  addChosen(values, 'optimizer', optimizers, settings.optimizer);
  addChosen(values, 'schedule', schedules, settings.schedule);
  if (settings.augmentation.length > 0) {
    values['augmentation'] = settings.augmentation.map(({ type }) => type).join(', ');
  }
  values['task'] = data.task;
  if (data.target) values['target'] = data.target;
  addSplit(values, data.split);
  values['layers'] = network.layers.length;
  values['network'] = network.layers.map(({ type }) => type).join(' → ');
  if (run.backend) values['backend'] = run.backend;
  if (run.engine) values['engine'] = run.engine;
  return values;
}

function addChosen(
  values: Record<string, FieldValue>,
  name: string,
  registry: { has(id: string): boolean; get(id: string): { readonly fields: Fields } },
  { type, fields }: { readonly type: string; readonly fields: FieldValues },
): void {
  values[name] = type;
  const known = registry.has(type) ? registry.get(type).fields : {};
  for (const [field, { default: value }] of Object.entries(known)) values[`${name}.${field}`] = value;
  for (const [field, value] of Object.entries(fields)) values[`${name}.${field}`] = value;
}

function addSplit(values: Record<string, FieldValue>, { kind, ...rest }: DataSetup['split']): void {
  values['split'] = kind;
  for (const [name, value] of Object.entries(rest)) {
    if (value !== null && value !== undefined && typeof value !== 'object') values[`split.${name}`] = value;
  }
}
