/** Fields of how runs were set up: the flat values of data, network and settings, with the words of the catalog's own fields. */
import type { FieldValue, FieldValues, RunSummary, Text } from '../contract';
import type { Field, Fields } from './fields';
import { losses, optimizers, schedules, tasks } from './index';
import type { RunField } from './run-fields';
import { scheduleChoice } from './schedule-parts';
import { settingsFields } from './settings';

const names: Readonly<Record<string, readonly string[]>> = {
  learningRate: ['lr', 'rate'],
  batchSize: ['batch', 'bs'],
  optimizer: ['opt'],
  layers: ['depth'],
  'earlyStopping.patience': ['patience'],
};

type Named = { readonly all: readonly { readonly id: string; readonly label: Text }[] };
const optionsOf = ({ all }: Named) => all.map(({ id, label }) => ({ value: id, label }));

/** Those that no field of the catalog describes. Made when asked for: the registries are filled after this file is read. */
const plainFields = (): Readonly<Record<string, Pick<RunField, 'label' | 'options'>>> => ({
  lossFunction: { label: { en: 'Loss function', zh: '损失函数' }, options: optionsOf(losses) },
  optimizer: { label: { en: 'Optimizer', zh: '优化器' }, options: optionsOf(optimizers) },
  schedule: { label: scheduleChoice.label, options: optionsOf(schedules) },
  augmentation: { label: { en: 'Augmentation', zh: '数据增强' } },
  task: { label: { en: 'Task', zh: '任务' }, options: optionsOf(tasks) },
  target: { label: { en: 'Target', zh: '目标' } },
  split: {
    label: { en: 'Split', zh: '划分' },
    options: [
      { value: 'random', label: { en: 'At random', zh: '随机' } },
      { value: 'given', label: { en: 'As the data gives it', zh: '按数据自带' } },
      { value: 'grouped', label: { en: 'By group', zh: '按组' } },
      { value: 'ordered', label: { en: 'By order', zh: '按顺序' } },
    ],
  },
  'split.seed': { label: { en: 'Split seed', zh: '划分种子' } },
  'split.validation': { label: { en: 'Validation share', zh: '验证占比' } },
  'split.test': { label: { en: 'Test share', zh: '测试占比' } },
  'split.stratified': { label: { en: 'Same class shares in all parts', zh: '各部分类别比例相同' } },
  'split.column': { label: { en: 'Split column', zh: '划分所用列' } },
  layers: { label: { en: 'Layers', zh: '层数' } },
  network: { label: { en: 'Network', zh: '网络' } },
  backend: { label: { en: 'Backend', zh: '计算后端' } },
  engine: { label: { en: 'Engine', zh: '引擎' } },
});
type PlainFields = ReturnType<typeof plainFields>;

export function settingFields(runs: readonly RunSummary[]): RunField[] {
  // Runs with the same setup share its object: each is looked through once.
  return describedSettings([...new Set(runs.map((run) => run.values))]);
}

/** The fields of flat values, in the order in which people read them. */
export function describedSettings(all: readonly FieldValues[]): RunField[] {
  const found = new Map<string, FieldValue>();
  for (const values of all) {
    for (const key in values) if (!found.has(key)) found.set(key, values[key] ?? '');
  }
  const plain = plainFields();
  const order = [...Object.keys(settingsFields), ...Object.keys(plain)];
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...found]
    .map(([key, value]) => settingField(plain, key, value))
    .sort((a, b) => place(a.key) - place(b.key) || (a.key < b.key ? -1 : 1));
}

function settingField(plain: PlainFields, key: string, example: FieldValue): RunField {
  const known = fieldOf(plain, key);
  const options = known?.field.kind === 'choice' ? known.field.options : plain[key]?.options;
  const kind = typeof example === 'number' ? 'number' : typeof example === 'boolean' ? 'toggle' : 'text';
  return {
    key,
    names: names[key] ?? [],
    group: 'setting',
    kind: options && kind === 'text' ? 'choice' : kind,
    label: plain[key]?.label ?? known?.label ?? { en: key, zh: key },
    ...(known && { help: known.field.help }),
    ...(options && { options }),
    read: (run) => run.values[key] ?? null,
  };
}

/** The catalog's field, with words that also name whose it is. */
function fieldOf(plain: PlainFields, key: string): { readonly field: Field; readonly label: Text } | null {
  const setting = own(settingsFields, key);
  if (setting) return { field: setting, label: setting.label };
  const [owner = '', ...rest] = key.split('.');
  const registry = { optimizer: optimizers, schedule: schedules }[owner];
  if (!registry) return null;
  for (const { fields } of registry.all) {
    const field = own(fields, rest.join('.'));
    const whose = plain[owner]?.label;
    if (field && whose) {
      return { field, label: { en: `${whose.en} · ${field.label.en}`, zh: `${whose.zh} · ${field.label.zh}` } };
    }
  }
  return null;
}

function own(fields: Fields, name: string): Field | null {
  return Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}
