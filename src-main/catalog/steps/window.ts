/** A row's number together with those of the rows before it, as series are learnt from. */
import { z } from 'zod';
import { column, integer, toggle } from '../fields';
import { defineStep } from '../step-definitions';

export const definition = defineStep({
  id: 'window',
  label: { en: 'Window of earlier rows', zh: '之前各行的窗口' },
  help: {
    en: 'Gives a row the numbers of the rows before it, the oldest first, as for forecasts from a series. Before the first row they are missing.',
    zh: '让一行同时得到它之前各行的数，最早的在前，用于按时间序列预测。第一行之前的数视为缺失。',
  },
  takes: 'numbers',
  gives: 'numbers',
  suits: ['number'],
  fields: {
    earlier: integer({
      label: { en: 'Earlier rows', zh: '之前的行数' },
      help: { en: 'How far back the window reaches.', zh: '窗口向前延伸多少行。' },
      default: 5,
      minimum: 1,
      maximum: 500,
    }),
    order: column({
      label: { en: 'In the order of', zh: '按此列排序' },
      help: {
        en: 'Which rows are earlier: those with smaller numbers, dates or texts in this column.',
        zh: '哪些行更早：该列的数、日期或文本更小的行。',
      },
      none: { en: 'the file', zh: '文件中的顺序' },
    }),
    current: toggle({
      label: { en: 'With the row’s own number', zh: '包含本行的数' },
      help: {
        en: 'Off where it is not known yet when the answer is wanted.',
        zh: '如果需要答案时本行的数还未知，请关闭。',
      },
      default: true,
    }),
  },
  fitted: z.object({}),
  fit: () => ({}),
  apply: (values) => values,
  window: ({ earlier, order, current }) => ({ earlier, order, current }),
  outputs: (_, { earlier, current }) => [
    ...Array.from({ length: earlier }, (__, place) => `t−${earlier - place}`),
    ...(current ? ['t'] : []),
  ],
});
