/** Paths of a configuration and their values in words for people; names come from the catalog's own fields. */
import {
  augmentations,
  layers,
  losses,
  optimizers,
  scheduleChoice,
  schedules,
  settingsFields,
  spectrograms,
  steps,
  tasks,
  usualSpectrogram,
  type Field,
  type SettingName,
} from '../../../src-main/catalog';
import { dataSource, type FieldValue } from '../../../src-main/contract';
import { formatNumber, m, text } from '../../i18n';
import type { Configuration } from './configuration-difference';

/** `data.steps.<column>.<place>.type` or `.fields.<name>`; a column's name may hold dots. */
function stepPath(
  path: string,
): { readonly column: string; readonly place: number; readonly field: string | null } | null {
  const [, column = '', place = '', field] = /^data\.steps\.(.+)\.(\d+)\.(?:type|fields\.(.+))$/s.exec(path) ?? [];
  return column === '' ? null : { column, place: Number(place), field: field ?? null };
}

/** The field of the catalog that a path stands for, looked up in the first run that has it. */
function fieldOf(path: string, configurations: readonly Configuration[]): Field | null {
  const [section, place = '', ...rest] = path.split('.');
  if (section === 'settings') {
    const name = [place, ...rest].join('.');
    if (Object.hasOwn(settingsFields, name)) return settingsFields[name as SettingName];
    if (place === 'schedule' && rest[0] === 'fields') {
      const own = configurations.map((one) => ownField(schedules, one.settings.schedule.type, rest[1]));
      return own.find(Boolean) ?? null;
    }
    if (place === 'augmentation') return ownField(augmentations, rest[0], rest[1]);
    if (place !== 'optimizer' || rest[0] !== 'fields') return null;
    return (
      configurations.map((one) => ownField(optimizers, one.settings.optimizer.type, rest[1])).find(Boolean) ?? null
    );
  }
  const step = stepPath(path);
  if (step?.field) {
    const { column, place: at, field } = step;
    return (
      configurations.map((one) => ownField(steps, one.data.steps?.[column]?.[at]?.type, field)).find(Boolean) ?? null
    );
  }
  if (section !== 'network') return null;
  return (
    configurations.map((one) => ownField(layers, one.network.layers[Number(place) - 1]?.type, rest[0])).find(Boolean) ??
    null
  );
}

function ownField(
  registry: { has(id: string): boolean; get(id: string): { readonly fields: Readonly<Record<string, Field>> } },
  type: string | undefined,
  name: string | undefined,
): Field | null {
  if (type === undefined || name === undefined || !registry.has(type)) return null;
  const { fields } = registry.get(type);
  return Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}

const plainNames: Readonly<Record<string, () => string>> = {
  'data.versionId': m.runs_path_version,
  'data.task': m.runs_path_task,
  'data.target': m.runs_path_target,
  'data.weightColumn': m.runs_path_weight,
  'data.spectrogram': m.sound_spectrogram_path,
  'data.split.kind': m.runs_path_split,
  'data.split.seed': m.runs_path_split_seed,
  'data.split.validation': m.runs_path_split_validation,
  'data.split.test': m.runs_path_split_test,
  'data.split.stratified': m.runs_path_split_stratified,
  'data.split.ownValidation': m.splits_own_validation,
  'data.split.column': m.splits_path_column,
  'data.split.duplicates.alike': m.splits_path_alike,
  'data.split.duplicates.action': m.splits_path_duplicates,
  'settings.loss': m.train_loss,
  'settings.optimizer.type': m.runs_path_optimizer,
  'settings.schedule.type': () => text(scheduleChoice.label),
};
const plainLayerNames = new Map([
  ['type', m.runs_path_layer_type],
  ['inputs', m.editor_inputs],
]);

const splitValues: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'data.split.kind': {
    random: m.runs_split_random,
    given: m.runs_split_given,
    grouped: m.splits_grouped,
    ordered: m.splits_ordered,
  },
  'data.split.duplicates.alike': { exact: m.splits_alike_exact, near: m.splits_alike_near },
  'data.split.duplicates.action': { together: m.splits_together, 'left-out': m.splits_left_out },
};
const givenParts: Readonly<Record<string, () => string>> = {
  training: m.data_part_training,
  validation: m.data_part_validation,
  test: m.data_part_test,
  none: m.splits_part_none,
};

/** e.g. "Layer 2 · Units"; an unknown path stands as it is. */
export function nameOfPath(path: string, configurations: readonly Configuration[]): string {
  const plain = Object.hasOwn(plainNames, path) ? plainNames[path] : undefined;
  if (plain) return plain();
  const field = fieldOf(path, configurations);
  const [section, place = '', ...rest] = path.split('.');
  if (section === 'network') {
    const plainOfLayer = plainLayerNames.get(rest.join('.'));
    const what = plainOfLayer ? plainOfLayer() : field ? text(field.label) : rest.join('.');
    return m.runs_path_layer({ number: place, what });
  }
  if (section === 'settings' && place === 'augmentation') {
    const kind = augmentations.has(rest[0] ?? '') ? text(augmentations.get(rest[0] ?? '').label) : (rest[0] ?? '');
    return m.runs_path_augmentation({ what: field ? `${kind} · ${text(field.label)}` : kind });
  }
  if (path.startsWith('data.split.values.')) return m.splits_path_value({ value: rest.slice(1).join('.') });
  if (section === 'data' && place === 'types') return m.runs_path_column_type({ column: rest.join('.') });
  const step = stepPath(path);
  if (step) {
    const what = field ? text(field.label) : (step.field ?? m.steps_path_type());
    return m.steps_path({ column: step.column, number: step.place + 1, what });
  }
  return field ? text(field.label) : path;
}

/** A value in words: labels of choices and definitions, yes and no, numbers by the language's rules. */
export function valueInWords(path: string, value: FieldValue | null, configurations: readonly Configuration[]): string {
  if (path === 'data.spectrogram') return spectrogramInWords(value ?? usualSpectrogram);
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? m.runs_yes() : m.runs_no();
  if (typeof value === 'number') return formatNumber(value);
  if (/^network\.\d+\.type$/.test(path) && layers.has(value)) return text(layers.get(value).label);
  if (/^network\.\d+\.inputs$/.test(path)) return value.replace(dataSource, m.editor_source_data());
  if (path === 'settings.optimizer.type' && optimizers.has(value)) return text(optimizers.get(value).label);
  if (path === 'settings.schedule.type' && schedules.has(value)) return text(schedules.get(value).label);
  if (path === 'settings.loss' && losses.has(value)) return text(losses.get(value).label);
  if (path === 'data.task' && tasks.has(value)) return text(tasks.get(value).label);
  const ofSplit = splitValues[path];
  if (ofSplit && Object.hasOwn(ofSplit, value)) return ofSplit[value]?.() ?? value;
  if (path.startsWith('data.split.values.') && Object.hasOwn(givenParts, value)) return givenParts[value]?.() ?? value;
  if (stepPath(path)?.field === null && steps.has(value)) return text(steps.get(value).label);
  const field = fieldOf(path, configurations);
  const option = field?.kind === 'choice' ? field.options.find((one) => one.value === value) : undefined;
  return option ? text(option.label) : value;
}

function spectrogramInWords(value: FieldValue): string {
  return spectrograms.has(String(value)) ? text(spectrograms.get(String(value)).label) : String(value);
}
