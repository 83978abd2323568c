/**
 * All fields of a configuration that can be searched, made from the catalog's own definitions: a new layer, optimizer,
 * augmentation or setting is searchable as soon as it is there.
 */
import type { FieldValue, FieldValues, SearchParameter, SearchRange, Text } from '../../contract';
import { augmentationFits } from '../augmentation-parts';
import { choice, defaultsOf, toggle, type Field, type Fields } from '../fields';
import { graphOf, inputsOf } from '../graph';
import { augmentations, layers, losses, optimizers, schedules, steps, tasks } from '../index';
import { scheduleChoice } from '../schedule-parts';
import { settingsFields, settingsValues, type SettingName } from '../settings';
import { heldSettings, type SearchConfiguration } from './apply';
import { limitsOf, suggestedRange, type SearchLimits } from './range';
import { mostRepeats } from './repeat';

export interface SearchableField {
  readonly path: string;
  readonly label: Text;
  readonly help: Text;
  /** What it belongs to. */
  readonly group: Text;
  readonly current: FieldValue;
  readonly suggested: SearchRange;
  readonly limits: SearchLimits;
  /** Shown only when a person asks for all fields. */
  readonly advanced: boolean;
  /** Absent where the field is there in any case; else it is only where the other is searched or set so. */
  readonly when?: NonNullable<SearchParameter['when']>;
}

/** In the order in which people meet them: training, optimizer, network, augmentation, preparation. */
export function searchableFields(configuration: SearchConfiguration): readonly SearchableField[] {
  return [
    ...trainingFields(configuration),
    ...typedFields('optimizer', configuration.settings.optimizer, optimizers.all, optimizerWords),
    ...typedFields('schedule', configuration.settings.schedule, schedules.all, scheduleWords),
    ...layerFields(configuration),
    ...augmentationFields(configuration),
    ...stepFields(configuration),
  ];
}

interface Described {
  readonly path: string;
  readonly field: Field;
  readonly group: Text;
  readonly current: FieldValue;
  readonly when?: NonNullable<SearchParameter['when']>;
  readonly suggested?: SearchRange;
}

function searchable({ path, field, group, current, when, suggested }: Described): SearchableField[] {
  const limits = limitsOf(field);
  if (!limits || field.kind === 'column') return [];
  const { label, help, advanced = false } = field;
  const range = suggested ?? suggestedRange(field, current);
  return [{ path, label, help, group, current, suggested: range, limits, advanced, ...(when ? { when } : {}) }];
}

const trainingWords: Text = { en: 'Training', zh: '训练' };
const optimizerWords = {
  label: { en: 'Optimizer', zh: '优化器' },
  help: { en: 'The rule by which gradients change the weights.', zh: '由梯度改变权重的规则。' },
};
const scheduleWords = {
  ...scheduleChoice,
  help: { en: 'How the learning rate changes over the run.', zh: '学习率在训练过程中如何变化。' },
};
const lossWords = {
  label: { en: 'Loss', zh: '损失' },
  help: { en: 'What training makes small.', zh: '训练要减小的量。' },
};
const repeatField = {
  kind: 'integer' as const,
  label: { en: 'Times in a row', zh: '连续次数' },
  help: {
    en: 'How often this layer stands one after another, each with weights of its own; 0 leaves it out.',
    zh: '该层连续出现几次，每次各有自己的权重；0 表示去掉。',
  },
  default: 1,
  minimum: 0,
  maximum: mostRepeats,
};

function trainingFields({ data, settings }: SearchConfiguration): SearchableField[] {
  const values = settingsValues(settings);
  const task = tasks.has(data.task) ? tasks.get(data.task) : null;
  const own = Object.entries(settingsFields).filter(
    ([name]) => !heldSettings.includes(name) && (name !== 'classWeights' || task?.target === 'classes'),
  );
  const fields = own.flatMap(([name, field]) =>
    searchable({ path: `settings.${name}`, field, group: trainingWords, current: values[name as SettingName] }),
  );
  if (!task || task.losses.length < 2) return fields;
  const options = task.losses.map((id) => ({ value: id, label: losses.get(id).label }));
  const field = choice({ ...lossWords, default: options[0]?.value ?? '', options });
  return [...fields, ...searchable({ path: 'loss', field, group: trainingWords, current: settings.loss })];
}

interface Kind {
  readonly id: string;
  readonly label: Text;
  readonly fields: Fields;
}

/** The type itself, and the fields of every type; one that several types have is one field. */
function typedFields(
  path: 'optimizer' | 'schedule',
  chosen: { readonly type: string; readonly fields: FieldValues },
  kinds: readonly Kind[],
  words: { readonly label: Text; readonly help: Text },
): SearchableField[] {
  const options = kinds.map(({ id, label }) => ({ value: id, label }));
  const field = choice({ ...words, default: chosen.type, options });
  const names = [...new Set(kinds.flatMap(({ fields }) => Object.keys(fields)))];
  const own = names.flatMap((name) => {
    const holders = kinds.filter(({ fields }) => Object.hasOwn(fields, name));
    const holder = holders.find(({ id }) => id === chosen.type) ?? holders[0];
    const described = holder?.fields[name];
    if (!described) return [];
    const isOwn = holder.id === chosen.type;
    const current = (isOwn ? chosen.fields[name] : undefined) ?? described.default;
    const when = { path, values: holders.map(({ id }) => id) };
    return searchable({ path: `${path}.${name}`, field: described, group: words.label, current, when });
  });
  return [...searchable({ path, field, group: words.label, current: chosen.type }), ...own];
}

function layerFields({ network }: SearchConfiguration): SearchableField[] {
  const { output } = graphOf(network);
  return network.layers.flatMap((layer, at) => {
    if (!layers.has(layer.type)) return [];
    const definition = layers.get(layer.type);
    const { en, zh } = definition.label;
    const group = { en: `Layer ${at + 1}: ${en}`, zh: `第 ${at + 1} 层：${zh}` };
    const values: FieldValues = { ...defaultsOf(definition.fields), ...layer.fields };
    const isOutput = at === output;
    const fields = Object.entries(definition.fields).flatMap(([name, field]) => {
      // The data decide how many answers the last layer gives, and how many codes there are to look up.
      if ((isOutput && isAnswer(name)) || name === definition.codesField) return [];
      return searchable({ path: `layer.${layer.id}.${name}`, field, group, current: values[name] ?? field.default });
    });
    if (isOutput || inputsOf(network, at).length !== 1) return fields;
    const suggested = { kind: 'integer', minimum: 1, maximum: 3, scale: 'linear' } as const;
    const path = `layer.${layer.id}#repeat`;
    return [...fields, ...searchable({ path, field: repeatField, group, current: 1, suggested })];
  });
}

/** Fields that the task sets in the last layer. */
function isAnswer(name: string): boolean {
  return name === 'units' || name === 'activation' || name === 'filters';
}

const augmentationWords: Text = { en: 'Augmentation', zh: '数据增强' };

function augmentationFields({ data, settings }: SearchConfiguration): SearchableField[] {
  if (!tasks.has(data.task)) return [];
  const { input } = tasks.get(data.task);
  return augmentations.all
    .filter((definition) => augmentationFits(definition, input))
    .flatMap(({ id, label, help, fields }) => {
      const chosen = settings.augmentation.find(({ type }) => type === id);
      const path = `augmentation.${id}`;
      const field = toggle({ label, help, default: false });
      const group = { en: `${augmentationWords.en}: ${label.en}`, zh: `${augmentationWords.zh}：${label.zh}` };
      const when = { path, values: [true] };
      const own = Object.entries(fields).flatMap(([name, described]) => {
        const current = chosen?.fields[name] ?? described.default;
        return searchable({ path: `${path}.${name}`, field: described, group, current, when });
      });
      return [...searchable({ path, field, group, current: chosen !== undefined }), ...own];
    });
}

function stepFields({ data }: SearchConfiguration): SearchableField[] {
  return Object.entries(data.steps ?? {}).flatMap(([column, chosen]) =>
    chosen.flatMap(({ type, fields: values }, at) => {
      if (!steps.has(type)) return [];
      const { label, fields } = steps.get(type);
      const group = { en: `Preparation of ${column}: ${label.en}`, zh: `“${column}”的准备：${label.zh}` };
      return Object.entries(fields).flatMap(([name, field]) => {
        const current = values[name] ?? field.default;
        return searchable({ path: `step.${column}.${at + 1}.${name}`, field, group, current });
      });
    }),
  );
}
