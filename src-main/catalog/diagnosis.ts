/** All that is to be said of how a run went, and what a repair would change, in words. */
import type { FieldValue, LayerSpec, Text } from '../contract';
import type { Configuration, Diagnosis, RunFacts } from './diagnosis-definitions';
import { parseFields, type Fields } from './fields';
import { diagnoses, layers } from './index';
import { settingsFields, settingsValues, type SettingName } from './settings';

export function diagnosesFor(facts: RunFacts): (Diagnosis & { readonly id: string; readonly label: Text })[] {
  const found = diagnoses.all
    .toSorted((one, other) => one.rank - other.rank)
    .flatMap((definition) => {
      const diagnosis = definition.check(facts);
      return diagnosis ? [{ definition, diagnosis }] : [];
    });
  const covered = new Set(found.flatMap(({ definition }) => definition.covers ?? []));
  return found
    .filter(({ definition }) => !covered.has(definition.id))
    .map(({ definition: { id, label }, diagnosis }) => ({ id, label, ...diagnosis }));
}

/** One part of a configuration that a repair changes; null where it is not there. */
export interface ConfigurationChange {
  readonly label: Text;
  readonly before: Text | null;
  readonly after: Text | null;
}

/** Settings first, then layers in the order of the network after the change. */
export function changesOf(before: Configuration, after: Configuration): ConfigurationChange[] {
  const [old, next] = [settingsValues(before.settings), settingsValues(after.settings)];
  const settings = (Object.keys(settingsFields) as SettingName[])
    .filter((name) => old[name] !== next[name])
    .map((name) => valueChange(settingsFields, name, settingsFields[name].label, old[name], next[name]));
  const known = new Map(before.network.layers.map((layer) => [layer.id, layer]));
  return [...settings, ...after.network.layers.flatMap((layer) => layerChanges(known.get(layer.id), layer))];
}

function layerChanges(before: LayerSpec | undefined, after: LayerSpec): ConfigurationChange[] {
  const { label, fields, summary } = layers.get(after.type);
  const named = { en: `${label.en} ${after.id}`, zh: `${label.zh} ${after.id}` };
  if (before?.type !== after.type) {
    return [{ label: named, before: null, after: summary(parseFields(fields, after.fields, label.en)) }];
  }
  return Object.keys(after.fields)
    .filter((name) => after.fields[name] !== before.fields[name])
    .map((name) => {
      const field = fields[name]?.label;
      const words = { en: `${named.en}, ${field?.en ?? name}`, zh: `${named.zh}，${field?.zh ?? name}` };
      return valueChange(fields, name, words, before.fields[name] ?? fields[name]?.default, after.fields[name]);
    });
}

function valueChange(
  fields: Fields,
  name: string,
  label: Text,
  before: FieldValue | undefined,
  after: FieldValue | undefined,
): ConfigurationChange {
  return { label, before: words(fields, name, before), after: words(fields, name, after) };
}

function words(fields: Fields, name: string, value: FieldValue | undefined): Text | null {
  if (value === undefined) return null;
  const field = fields[name];
  if (field?.kind === 'choice') return field.options.find((option) => option.value === value)?.label ?? null;
  if (typeof value === 'boolean') return value ? { en: 'On', zh: '开' } : { en: 'Off', zh: '关' };
  return { en: String(value), zh: String(value) };
}
