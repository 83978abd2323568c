/** The configuration of a trial: the plan's, with the trial's values put into the fields that their paths name. */
import type { FieldValue, FieldValues, SearchPlan } from '../../contract';
import { augmentationFits } from '../augmentation-parts';
import type { Definition } from '../definition-parts';
import { parseFields, type Fields } from '../fields';
import { augmentations, layers, optimizers, schedules, steps, tasks } from '../index';
import type { Registry } from '../registry';
import { withSetting } from '../settings';
import { invalidPath, readPath, type SearchPath } from './path';
import { repeated } from './repeat';

/** What a search starts from, and what a trial is trained by. */
export type SearchConfiguration = Pick<SearchPlan, 'data' | 'network' | 'settings'>;

/** Settings that say how a search is run or measured, or that are every trial's. */
export const heldSettings: readonly string[] = [
  'epochs',
  'seed',
  'anomalyScore',
  'measureTest',
  'watch.stopping',
  'watch.minimumChange',
  'watch.best',
  'earlyStopping.restoreBest',
];

/** Types before their fields, and a layer's fields before it is repeated with them. */
const turns: Readonly<Record<SearchPath['kind'], number>> = {
  setting: 0,
  loss: 0,
  optimizer: 0,
  schedule: 0,
  augmentation: 0,
  'optimizer-field': 1,
  'schedule-field': 1,
  'augmentation-field': 1,
  'layer-field': 1,
  'step-field': 1,
  'layer-repeat': 2,
};

/**
 * @param values by path.
 * @throws CodedError `field-invalid` for a path that names nothing in this configuration, and for a value its field can't have
 */
export function applyTrial({ data, network, settings }: SearchConfiguration, values: FieldValues): SearchConfiguration {
  const places = Object.entries(values).map(([path, value]) => {
    const place = readPath(path);
    if (!place) throw invalidPath(path, 'names no field');
    return { path, place, value };
  });
  return places
    .sort((one, other) => turns[one.place.kind] - turns[other.place.kind])
    .reduce((before, { path, place, value }) => put(before, path, place, value), { data, network, settings });
}

function put(before: SearchConfiguration, path: string, place: SearchPath, value: FieldValue): SearchConfiguration {
  const { data, network, settings } = before;
  switch (place.kind) {
    case 'setting':
      if (heldSettings.includes(place.name)) throw invalidPath(path, 'is the same for all trials');
      return { ...before, settings: withSetting(settings, place.name, value) };
    case 'loss': {
      const known = tasks.get(data.task).losses;
      return { ...before, settings: { ...settings, loss: oneOf(path, value, known) } };
    }
    case 'optimizer':
      return { ...before, settings: { ...settings, optimizer: retyped(path, settings.optimizer, value, optimizers) } };
    case 'schedule':
      return { ...before, settings: { ...settings, schedule: retyped(path, settings.schedule, value, schedules) } };
    case 'optimizer-field':
      return { ...before, settings: { ...settings, optimizer: changed(settings.optimizer, place, value, optimizers) } };
    case 'schedule-field':
      return { ...before, settings: { ...settings, schedule: changed(settings.schedule, place, value, schedules) } };
    case 'augmentation':
      return { ...before, settings: { ...settings, augmentation: switched(before, path, place.type, value) } };
    case 'augmentation-field':
      return { ...before, settings: { ...settings, augmentation: tuned(before, path, place, value) } };
    case 'layer-field':
      return { ...before, network: { ...network, layers: layersWith(before, path, place, value) } };
    case 'layer-repeat':
      return { ...before, network: repeated(network, place.layer, value) };
    case 'step-field':
      return { ...before, data: { ...data, steps: stepsWith(before, path, place, value) } };
  }
}

interface Chosen {
  readonly type: string;
  readonly fields: FieldValues;
}
type Described = Definition & { readonly fields: Fields };

/** Fields of another type mean nothing to the new one. */
function retyped<Some extends Definition>(path: string, before: Chosen, value: FieldValue, known: Registry<Some>) {
  const ids = known.all.map(({ id }) => id);
  const type = oneOf(path, value, ids);
  return type === before.type ? { ...before } : { type, fields: {} };
}

function changed<Some extends Described>(
  before: Chosen,
  { field }: { readonly field: string },
  value: FieldValue,
  known: Registry<Some>,
) {
  const definition = known.get(before.type);
  const fields = { ...before.fields, [field]: value };
  parseFields(definition.fields, fields, definition.label.en);
  return { ...before, fields };
}

function switched({ data, settings }: SearchConfiguration, path: string, type: string, value: FieldValue) {
  if (typeof value !== 'boolean') throw invalidPath(path, 'must be on or off');
  const fits = augmentations.has(type) && augmentationFits(augmentations.get(type), tasks.get(data.task).input);
  if (!fits) throw invalidPath(path, 'is no augmentation for this task');
  const isOn = settings.augmentation.some((one) => one.type === type);
  if (value === isOn) return settings.augmentation;
  return value
    ? [...settings.augmentation, { type, fields: {} }]
    : settings.augmentation.filter((one) => one.type !== type);
}

function tuned(
  { settings }: SearchConfiguration,
  path: string,
  place: Extract<SearchPath, { kind: 'augmentation-field' }>,
  value: FieldValue,
) {
  const at = settings.augmentation.findIndex(({ type }) => type === place.type);
  const before = settings.augmentation[at];
  if (!before) throw invalidPath(path, `needs augmentation.${place.type} to be on`);
  return settings.augmentation.with(at, changed(before, place, value, augmentations));
}

function layersWith(
  { network }: SearchConfiguration,
  path: string,
  place: Extract<SearchPath, { kind: 'layer-field' }>,
  value: FieldValue,
) {
  const at = network.layers.findIndex(({ id }) => id === place.layer);
  const before = network.layers[at];
  if (!before) throw invalidPath(path, `names no layer; known: ${network.layers.map(({ id }) => id).join(', ')}`);
  return network.layers.with(at, { ...before, ...changed(before, place, value, layers) });
}

function stepsWith(
  { data }: SearchConfiguration,
  path: string,
  { column, place, field }: Extract<SearchPath, { kind: 'step-field' }>,
  value: FieldValue,
) {
  const chosen = data.steps && Object.hasOwn(data.steps, column) ? data.steps[column] : undefined;
  const before = chosen?.[place - 1];
  if (!chosen || !before) throw invalidPath(path, 'names no step that was chosen for a column');
  return { ...data.steps, [column]: chosen.with(place - 1, changed(before, { field }, value, steps)) };
}

function oneOf(path: string, value: FieldValue, known: readonly string[]): string {
  if (typeof value === 'string' && known.includes(value)) return value;
  throw invalidPath(path, `must be one of ${known.join(', ')}`);
}
