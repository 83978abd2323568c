/** Errors of pretrained networks. */
import type { ErrorWords } from '../errors';

export const backboneErrors = {
  'pretrained-none': {
    message: {
      en: 'There is no pretrained network for the task "{task}": there are some for {known}.',
      zh: '任务“{task}”没有预训练网络：有预训练网络的任务是{known}。',
    },
    hint: {
      en: 'Choose another preset, such as balanced.',
      zh: '请选择其他预设，例如 balanced。',
    },
  },
  'pretrained-unreadable': {
    message: {
      en: 'The weights of a pretrained network cannot be read from {path}: {detail}',
      zh: '无法从 {path} 读取预训练网络的权重：{detail}',
    },
    hint: {
      en: 'The file belongs to the app. Install the app again; your data and runs are not touched by that.',
      zh: '该文件属于本应用。请重新安装应用；您的数据和训练不会受影响。',
    },
  },
  'pretrained-changed': {
    message: {
      en: 'The run was trained on the weights {wanted} of "{layer}", but this app brings {found}.',
      zh: '该训练基于“{layer}”的权重 {wanted}，而本应用带有的是 {found}。',
    },
    hint: {
      en: 'Its predictions would not be the ones that were measured. Train the run again with this app, or use the app it was trained with.',
      zh: '预测结果会与当初测得的不同。请用本应用重新训练，或使用当初训练它的应用。',
    },
  },
} as const satisfies Record<string, ErrorWords>;
