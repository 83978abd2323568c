/** Errors of forecasting: rows that are no series, splits that would let a network see the future, too few steps. */
import type { ErrorWords } from '../errors';

/** The parts of a split as these errors name them. */
const parts = {
  training: { en: 'training', zh: '训练' },
  validation: { en: 'validation', zh: '验证' },
  test: { en: 'the test', zh: '测试' },
};

export const forecastErrors = {
  'forecast-split-unordered': {
    message: {
      en: 'The split mixes earlier and later rows: a row of {earlier} comes after one of {later}. A forecast would be tested on steps whose future it was trained on.',
      zh: '划分打乱了先后：属于“{earlier}”的行排在“{later}”的行之后。这样会用已训练过其未来的步来测试预测。',
    },
    values: { earlier: parts, later: parts },
    hint: {
      en: 'Split in the order of time: the earliest rows train, the latest test.',
      zh: '请按时间顺序划分：最早的行用于训练，最晚的用于测试。',
    },
  },
  'forecast-part-short': {
    message: {
      en: 'No window fits into {part}: with {window} steps back and {horizon} ahead a series needs {needed} rows there, and the longest has {found}.',
      zh: '{part}部分放不下一个窗口：向前看 {window} 步、预测 {horizon} 步时，一个序列在其中至少需要 {needed} 行，最长的只有 {found} 行。',
    },
    values: { part: parts },
    hint: {
      en: 'Look fewer steps back or ahead, choose a shorter season, or give this part a larger share.',
      zh: '请减少窗口步数或预测步数，选择更短的季节，或增大这一部分的比例。',
    },
  },
  'forecast-column-unfit': {
    message: {
      en: 'The column "{column}" cannot be used as {purpose} of the forecast.',
      zh: '列“{column}”不能用作预测的{purpose}。',
    },
    values: {
      purpose: {
        time: { en: 'the order of the steps', zh: '步的顺序' },
        series: { en: 'the name of the series', zh: '序列名称' },
        covariate: { en: 'an input', zh: '输入' },
      },
    },
    hint: {
      en: 'Choose another column, or none; the target itself is read anyway.',
      zh: '请选择其他列或不选；目标列本身总会被读取。',
    },
  },
  'forecast-too-few-steps': {
    message: {
      en: 'Input {number} has {found} steps in "{column}", and the forecast needs the last {needed}.',
      zh: '第 {number} 个输入的列“{column}”只有 {found} 步，预测需要最近的 {needed} 步。',
    },
    hint: { en: 'Give more steps, the latest last.', zh: '请提供更多步，最近的放在最后。' },
  },
} as const satisfies Record<string, ErrorWords>;
