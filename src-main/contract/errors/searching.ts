/** Errors of searches. */
import type { ErrorWords } from '../errors';

export const searchErrors = {
  'search-active': {
    message: { en: 'The search "{name}" is going on.', zh: '搜索“{name}”正在进行。' },
    hint: { en: 'Stop it first.', zh: '请先停止它。' },
  },
  'search-without-validation': {
    message: {
      en: 'There are no validation rows, by which trials could be told apart.',
      zh: '没有可用来比较各次尝试的验证数据。',
    },
    hint: {
      en: 'Set rows aside for validation on Data, in the split. Choosing by the training rows would choose what learns them by heart.',
      zh: '请在“数据”的划分中留出验证数据。按训练数据选择，只会选出死记硬背的配置。',
    },
  },
  'search-trials-fail': {
    message: {
      en: '{count} trials failed one after another and none came through, so the search ended.',
      zh: '连续 {count} 次尝试失败，且无一成功，搜索因此结束。',
    },
    hint: {
      en: 'Open a trial to see why it failed. Most often ranges reach too far (learning rates too high), or what is searched does not fit the rest of the network.',
      zh: '打开某次尝试查看失败原因。最常见的是范围过大（学习率过高），或所搜索的内容与网络的其余部分不相容。',
    },
  },
  'search-spent': {
    message: {
      en: 'The search "{name}" has used all of its budget.',
      zh: '搜索“{name}”已用完全部预算。',
    },
    hint: { en: 'Give it more minutes or trials.', zh: '请给它更多的分钟数或尝试次数。' },
  },
  'search-without-best': {
    message: {
      en: 'The search "{name}" has no trial that completed an epoch within the limits.',
      zh: '搜索“{name}”没有在限制之内完成一轮的尝试。',
    },
    hint: {
      en: 'Give it more minutes or trials, or raise the limits.',
      zh: '请给它更多的分钟数或尝试次数，或放宽限制。',
    },
  },
} as const satisfies Record<string, ErrorWords>;
