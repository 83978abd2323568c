/** Errors of the steps by which columns are prepared: each names the column and the step. */
import type { ErrorWords } from '../errors';

export const stepErrors = {
  'step-out-of-place': {
    message: {
      en: 'Step {number} of column "{column}", {step}, cannot take what comes before it.',
      zh: '列“{column}”的第 {number} 步 {step} 无法接收它前面的结果。',
    },
    hint: {
      en: 'Steps for texts and categories come first; steps for numbers follow what makes numbers. Move the step, or remove it.',
      zh: '处理文本和类别的步骤在前，处理数字的步骤放在得到数字之后。请移动或删除该步骤。',
    },
  },
  'step-without-numbers': {
    message: {
      en: 'The steps of column "{column}" end with {step}, which gives no numbers for the network.',
      zh: '列“{column}”的步骤以 {step} 结束，没有得到网络需要的数字。',
    },
    hint: {
      en: 'Add a step that makes numbers, such as one-hot.',
      zh: '请再加一个得到数字的步骤，例如独热编码。',
    },
  },
  'column-without-steps': {
    message: {
      en: 'Column "{column}" has no steps of preparation to look at.',
      zh: '列“{column}”没有可查看的准备步骤。',
    },
    hint: {
      en: 'Choose a column that the network learns from; the target is no input, and only the first column of pictures is one.',
      zh: '请选择作为输入的列；目标列不是输入，图片列只有第一个是输入。',
    },
  },
} as const satisfies Record<string, ErrorWords>;
