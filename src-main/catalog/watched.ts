/**
 * Which measure decides: when training stops early, and which epoch is the best. By its name in the settings: `loss`, the
 * id of a metric of the task, or `main` for the task's first metric. It is read on the validation rows, or on the training
 * rows where there are none.
 */
import { CodedError, settingDefaults, type TrainingSettings } from '../contract';
import { choice, number, type ChoiceField, type Field } from './fields';
import type { MetricDefinition, TaskDefinition } from './definitions';
import { metrics } from './metric-registry';

const loss = { value: 'loss', label: { en: 'Loss', zh: '损失' } };
const main = { value: 'main', label: { en: 'Main measure of the task', zh: '任务的主要指标' } };
const everyMetric = metrics.all.map(({ id, label }) => ({ value: id, label }));

export const watchFields = {
  'watch.stopping': choice<string>({
    label: { en: 'Stop by', zh: '停止依据' },
    help: {
      en: 'What must keep getting better, on the validation rows, for training to go on.',
      zh: '训练继续所需的、在验证数据上不断改善的指标。',
    },
    default: settingDefaults.watch.stopping,
    options: [loss, ...everyMetric],
  }),
  'watch.minimumChange': number({
    label: { en: 'Smallest improvement', zh: '最小改善' },
    help: {
      en: 'An improvement smaller than this does not count when training waits for a better epoch; 0 counts any.',
      zh: '等待更好的一轮时，小于此值的改善不计；0 表示任何改善都算。',
    },
    default: settingDefaults.watch.minimumChange,
    minimum: 0,
    maximum: 1e6,
    scale: 'linear',
  }),
  'watch.best': choice<string>({
    label: { en: 'Best epoch by', zh: '最佳轮依据' },
    help: {
      en: 'What decides, on the validation rows, which epoch is the best one.',
      zh: '在验证数据上决定哪一轮最佳的指标。',
    },
    default: settingDefaults.watch.best,
    options: [main, loss, ...everyMetric],
  }),
} as const satisfies Record<string, Field>;

/** The same fields with the measures of one task only, for its form. */
export function watchFieldsOf(task: Pick<TaskDefinition, 'metrics'>): typeof watchFields {
  const fits = ({ value }: { value: string }) =>
    value === loss.value || value === main.value || task.metrics.includes(value);
  const narrowed = (field: ChoiceField) => ({ ...field, options: field.options.filter(fits) });
  return {
    ...watchFields,
    'watch.stopping': narrowed(watchFields['watch.stopping']),
    'watch.best': narrowed(watchFields['watch.best']),
  };
}

/** A measure that decides. */
export interface Deciding {
  /** As in `MetricValues`, without the part. */
  readonly id: string;
  readonly better: MetricDefinition['better'];
}

/**
 * @param name as in the settings. @param own metrics of the task, the main one first.
 * @throws CodedError `definition-unknown` for a metric that is none of the task's.
 */
export function decidingMeasure(name: string, own: readonly MetricDefinition[]): Deciding {
  const found = name === main.value ? own[0] : own.find(({ id }) => id === name);
  if (found) return { id: found.id, better: found.better };
  if (name === loss.value || name === main.value) return { id: loss.value, better: 'lower' };
  throw new CodedError('definition-unknown', { kind: 'metric', id: name, known: own.map(({ id }) => id).join(', ') });
}

/** @throws CodedError `field-invalid` where a measure is none of the task's. */
export function requireWatchFits({ watch }: TrainingSettings, task: Pick<TaskDefinition, 'metrics'>): void {
  const fields = watchFieldsOf(task);
  for (const name of ['stopping', 'best'] as const) {
    const known = fields[`watch.${name}`].options.map(({ value }) => value);
    if (known.includes(watch[name])) continue;
    const detail = `must be one of ${known.join(', ')} for this task`;
    throw new CodedError('field-invalid', { where: 'Settings', field: `watch.${name}`, detail });
  }
}
