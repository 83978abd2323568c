/** Fields that all runs have, whatever they trained: names and marks, how far they came, their main figures. */
import { isWaiting, type RunSummary } from '../contract';
import type { RunField, RunValue } from './run-fields';

/** Seconds that it trained until `now`, without pauses and without the time between a stop and going on; null before it starts. */
export function runSeconds(run: Pick<RunSummary, 'startedAt' | 'times'>, now: number): number | null {
  const { begunAt, trained } = run.times;
  return run.startedAt === null ? null : (trained + Math.max(0, now - (begunAt ?? now))) / 1000;
}

/** Seconds that it stood in the queue until `now`. */
function waitedSeconds({ times: { queuedAt, waited } }: Pick<RunSummary, 'times'>, now: number): number {
  return (waited + Math.max(0, now - (queuedAt ?? now))) / 1000;
}

/** The run's main metric in another place: as it was last, or on the test rows. */
function mainValue(run: RunSummary, of: 'last' | 'test'): RunValue {
  if (!run.best) return null;
  if (of === 'last') return run.last?.[run.best.metric] ?? null;
  const plain = run.best.metric.replace(/^(validation|test)\./, '');
  return run.test?.[plain] ?? run.test?.[`test.${plain}`] ?? null;
}

const states = [
  { value: 'queued', label: { en: 'Waiting', zh: '排队中' } },
  { value: 'starting', label: { en: 'Starting', zh: '正在启动' } },
  { value: 'running', label: { en: 'Training', zh: '训练中' } },
  { value: 'paused', label: { en: 'Paused', zh: '已暂停' } },
  { value: 'finished', label: { en: 'Finished', zh: '已完成' } },
  { value: 'stopped', label: { en: 'Stopped', zh: '已停止' } },
  { value: 'interrupted', label: { en: 'Interrupted', zh: '已中断' } },
  { value: 'failed', label: { en: 'Failed', zh: '失败' } },
];

const fact = (field: Omit<RunField, 'group' | 'names'> & { readonly names?: readonly string[] }): RunField => ({
  group: 'fact',
  names: [],
  ...field,
});

export const factFields: readonly RunField[] = [
  fact({ key: 'name', kind: 'text', label: { en: 'Name', zh: '名称' }, read: (run) => run.name }),
  fact({
    key: 'state',
    kind: 'choice',
    label: { en: 'State', zh: '状态' },
    options: states,
    read: (run) => (run.state === 'queued' && !isWaiting(run) ? 'starting' : run.state),
  }),
  fact({
    key: 'best',
    names: ['score'],
    kind: 'number',
    label: { en: 'Best', zh: '最佳' },
    help: {
      en: 'The measure that the run watches, at its best epoch.',
      zh: '该运行所关注的指标在最佳一轮的值。',
    },
    read: (run) => run.best?.value ?? null,
    epoch: (run) => run.best?.epoch ?? null,
  }),
  fact({
    key: 'last',
    kind: 'number',
    label: { en: 'Last', zh: '最后' },
    help: { en: 'The same measure after the last epoch.', zh: '同一指标在最后一轮之后的值。' },
    read: (run) => mainValue(run, 'last'),
    epoch: (run) => (run.last ? run.epochsDone : null),
  }),
  fact({
    key: 'test',
    kind: 'number',
    label: { en: 'Test', zh: '测试' },
    help: { en: 'The same measure of the saved model on the test rows.', zh: '保存的模型在测试数据上的同一指标。' },
    read: (run) => mainValue(run, 'test'),
  }),
  fact({
    key: 'best.epoch',
    names: ['best_epoch'],
    kind: 'number',
    label: { en: 'Best epoch', zh: '最佳轮次' },
    read: (run) => run.best?.epoch ?? null,
  }),
  fact({
    key: 'epoch',
    names: ['epochs_done', 'done'],
    kind: 'number',
    label: { en: 'Epochs done', zh: '已完成轮数' },
    read: (run) => run.epochsDone,
  }),
  fact({
    key: 'seconds',
    names: ['duration', 'took'],
    kind: 'duration',
    label: { en: 'Training time', zh: '训练用时' },
    help: {
      en: 'Without pauses, and without the time between a stop and going on.',
      zh: '不含暂停，也不含停止到继续之间的时间。',
    },
    read: (run, { now }) => runSeconds(run, now),
  }),
  fact({
    key: 'waited',
    names: ['waiting_time'],
    kind: 'duration',
    label: { en: 'Waiting time', zh: '等待用时' },
    help: { en: 'Time in the queue until training began.', zh: '训练开始前在队列中等待的时间。' },
    read: (run, { now }) => waitedSeconds(run, now),
  }),
  fact({
    key: 'created',
    names: ['started', 'date'],
    kind: 'time',
    label: { en: 'Started', zh: '开始时间' },
    read: (run) => run.createdAt,
  }),
  fact({ key: 'ended', kind: 'time', label: { en: 'Ended', zh: '结束时间' }, read: (run) => run.endedAt }),
  fact({ key: 'tag', names: ['tags'], kind: 'tags', label: { en: 'Tags', zh: '标签' }, read: (run) => run.tags }),
  fact({
    key: 'star',
    names: ['starred'],
    kind: 'toggle',
    label: { en: 'Star', zh: '星标' },
    read: (run) => run.starred,
  }),
  fact({ key: 'archived', kind: 'toggle', label: { en: 'Archived', zh: '已归档' }, read: (run) => run.archived }),
  fact({
    key: 'note',
    names: ['notes'],
    kind: 'text',
    label: { en: 'Notes', zh: '备注' },
    read: (run) => (run.note === '' ? null : run.note),
  }),
  fact({
    key: 'project',
    kind: 'text',
    label: { en: 'Project', zh: '项目' },
    read: (run, { projectName }) => projectName(run.projectId),
  }),
  fact({
    key: 'parent',
    names: ['branched_from'],
    kind: 'text',
    label: { en: 'Branched from', zh: '分支自' },
    help: {
      en: 'The run whose weights it began with, and after which of its epochs.',
      zh: '它以哪个运行在第几轮之后的权重开始。',
    },
    read: (run) => run.parent?.name ?? null,
    epoch: (run) => run.parent?.epoch ?? null,
  }),
  fact({ key: 'dataset', kind: 'text', label: { en: 'Dataset', zh: '数据集' }, read: (run) => run.datasetName }),
  fact({
    key: 'parameters',
    names: ['params'],
    kind: 'number',
    label: { en: 'Parameters', zh: '参数量' },
    read: (run) => run.parameterCount,
  }),
];
