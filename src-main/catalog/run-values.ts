/**
 * A run's data, network and settings as flat values, so that they can be columns, compared and searched for by name. Names are
 * those of the settings' fields; fields of a chosen optimizer or schedule stand below it (`optimizer.momentum`).
 */
import type { DataSetup, FieldValue, FieldValues, NetworkSpec, TrainingSettings } from '../contract';
import { defaultsOf, type Fields } from './fields';
import { optimizers, schedules } from './index';
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
  return {
    ...settingsValues(settings),
    lossFunction: settings.loss,
    ...chosen('optimizer', optimizers, settings.optimizer),
    ...chosen('schedule', schedules, settings.schedule),
    ...(settings.augmentation.length > 0 && {
      augmentation: settings.augmentation.map(({ type }) => type).join(', '),
    }),
    task: data.task,
    ...(data.target && { target: data.target }),
    ...splitValues(data.split),
    layers: network.layers.length,
    network: network.layers.map(({ type }) => type).join(' → '),
    ...(run.backend && { backend: run.backend }),
    ...(run.engine && { engine: run.engine }),
  };
}

function chosen(
  name: string,
  registry: { has(id: string): boolean; get(id: string): { readonly fields: Fields } },
  { type, fields }: { readonly type: string; readonly fields: FieldValues },
): FieldValues {
  const all = { ...(registry.has(type) ? defaultsOf(registry.get(type).fields) : {}), ...fields };
  return {
    [name]: type,
    ...Object.fromEntries(Object.entries(all).map(([field, value]) => [`${name}.${field}`, value])),
  };
}

function splitValues(split: DataSetup['split']): FieldValues {
  const { kind, ...rest } = split;
  const plain = Object.entries(rest).filter(
    (entry): entry is [string, FieldValue] => entry[1] !== null && typeof entry[1] !== 'object',
  );
  return { split: kind, ...Object.fromEntries(plain.map(([name, value]) => [`split.${name}`, value])) };
}
