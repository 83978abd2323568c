/** Errors of runs that begin with what an earlier one had learnt. */
import type { ErrorWords } from '../errors';

export const branchErrors = {
  'branch-epoch-not-kept': {
    message: {
      en: 'What "{name}" had learnt by epoch {epoch} is not kept. Kept: {kept}.',
      zh: '“{name}”在第 {epoch} 轮时所学到的内容未保留。已保留：{kept}。',
    },
    hint: {
      en: 'Begin with one that is kept. To have more of them, set “Keep every k-th epoch” before training.',
      zh: '请从已保留的轮次开始。若要保留更多，请在训练前设置“每隔几轮保留”。',
    },
  },
  'branch-layer-differs': {
    message: {
      en: 'The weights of "{name}" do not fit this network. The first layer that differs is {layer}: {was} there, {is} here.',
      zh: '“{name}”的权重与该网络不符。第一个不同的层是 {layer}：那里为 {was}，这里为 {is}。',
    },
    hint: {
      en: 'Give the layers the sizes they had, or branch off with the network of the run.',
      zh: '请把各层恢复为原来的大小，或使用该运行自己的网络来分支。',
    },
  },
  'branch-data-differ': {
    message: {
      en: 'The data, their split or their preparation are no longer those of "{name}", so its epochs cannot be counted on.',
      zh: '数据、划分或预处理已不同于“{name}”，因此不能接着它的轮次计数。',
    },
    hint: {
      en: 'Begin with the weights alone, without the optimizer’s state.',
      zh: '请只用权重开始，不带优化器状态。',
    },
  },
  'branch-target-differs': {
    message: {
      en: 'What is predicted differs: {was} in "{name}", {is} now. The same output would mean something else.',
      zh: '预测的内容不同：“{name}”中为 {was}，现在为 {is}。同一个输出会有不同含义。',
    },
    hint: {
      en: 'Choose the target and classes that the run had, in their order.',
      zh: '请选择该运行原有的目标和类别，并保持顺序。',
    },
  },
  'branch-optimizer-differs': {
    message: {
      en: 'The state of the optimizer of "{name}" ({was}) does not fit {is}.',
      zh: '“{name}”的优化器（{was}）状态不适用于 {is}。',
    },
    hint: {
      en: 'Begin with the weights alone, without the optimizer’s state.',
      zh: '请只用权重开始，不带优化器状态。',
    },
  },
  'branch-start-lost': {
    message: {
      en: 'The weights with which "{name}" was to begin are damaged.',
      zh: '“{name}”要以其开始的权重已损坏。',
    },
    hint: { en: 'Branch off anew from the earlier run.', zh: '请从先前的运行重新分支。' },
  },
} as const satisfies Record<string, ErrorWords>;
