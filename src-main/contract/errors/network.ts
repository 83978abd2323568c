/** Errors of a network's description: an unknown layer, a field out of range, shapes that do not fit. */
import type { ErrorWords } from '../errors';

export const networkErrors = {
  'definition-unknown': {
    message: { en: 'There is no {kind} "{id}". Known: {known}.', zh: '没有名为“{id}”的{kind}。可用：{known}。' },
    hint: { en: 'Choose a known one.', zh: '请选择可用的一种。' },
  },
  'field-invalid': {
    message: { en: '{where}: {field} {detail}', zh: '{where}：{field} {detail}' },
    hint: { en: 'Correct the value.', zh: '请更正该值。' },
  },
  'network-invalid': {
    message: { en: 'Layer {number} ({layer}): {problem}', zh: '第 {number} 层（{layer}）：{problem}' },
    hint: { en: 'Change this layer or the one before it.', zh: '请修改该层或它前面的层。' },
  },
  'network-empty': {
    message: { en: 'The network has no layers.', zh: '网络没有任何层。' },
    hint: { en: 'Add a layer.', zh: '请添加一层。' },
  },
  'task-unfit': {
    message: {
      en: 'No target is chosen yet, so there is nothing to learn.',
      zh: '尚未选择目标列，因此没有可学习的内容。',
    },
    hint: { en: 'Choose a target column.', zh: '请选择目标列。' },
  },
  'target-unfit': {
    message: {
      en: 'That can’t be learnt with the column "{column}" as target.',
      zh: '无法以列“{column}”为目标进行这种学习。',
    },
    hint: {
      en: 'Choose another target (--target), or a task that fits this one: {known}.',
      zh: '请选择其他目标（--target），或适合该目标的任务：{known}。',
    },
  },
} as const satisfies Record<string, ErrorWords>;
