/** From smallest to largest onto a fixed range, as scikit-learn's `MinMaxScaler`. */
import { z } from 'zod';
import { choice, toggle } from '../fields';
import { defineStep } from '../step-definitions';
import { eachPart, figures, mapNumbers } from '../step-values';

const ranges = { 'zero-to-one': [0, 1], 'minus-one-to-one': [-1, 1] } as const;

/** Of no value at all, the range that changes nothing. */
function range(values: Float64Array): { readonly minimum: number; readonly maximum: number } {
  if (values.length === 0) return { minimum: 0, maximum: 1 };
  let [minimum, maximum] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return { minimum, maximum };
}

export const definition = defineStep({
  id: 'min-max',
  label: { en: 'Min–max', zh: '最小–最大缩放' },
  help: {
    en: 'Moves the smallest training value to the lower end of a range and the largest to the upper end. One far outlier presses all others together.',
    zh: '把训练行中的最小值移到区间下端，最大值移到上端。一个很远的异常值会把其他值挤在一起。',
  },
  formula: 'y = low + (x − minimum) / (maximum − minimum) · (high − low)',
  takes: 'numbers',
  gives: 'numbers',
  suits: ['number', 'category', 'text', 'date'],
  fields: {
    range: choice<keyof typeof ranges>({
      label: { en: 'Range', zh: '区间' },
      help: { en: 'Where the training values come to lie.', zh: '训练值落入的区间。' },
      default: 'zero-to-one',
      options: [
        { value: 'zero-to-one', label: { en: '0 to 1', zh: '0 到 1' } },
        { value: 'minus-one-to-one', label: { en: '−1 to 1', zh: '−1 到 1' } },
      ],
    }),
    clip: toggle({
      label: { en: 'Cut off beyond', zh: '截断超出部分' },
      help: {
        en: 'Later values that lie beyond the training values get the end of the range.',
        zh: '之后出现的超出训练范围的值取区间端点。',
      },
      default: false,
    }),
  },
  fitted: z.object({ minimum: z.array(z.number()), maximum: z.array(z.number()) }),
  fit(values) {
    const parts = eachPart(values, range);
    return { minimum: parts.map(({ minimum }) => minimum), maximum: parts.map(({ maximum }) => maximum) };
  },
  apply(values, { minimum, maximum }, fields) {
    const [low, high] = ranges[fields.range];
    return mapNumbers(values, (value, part) => {
      const from = minimum[part] ?? 0;
      const width = (maximum[part] ?? 1) - from || 1;
      const moved = low + ((value - from) / width) * (high - low);
      return fields.clip ? Math.min(high, Math.max(low, moved)) : moved;
    });
  },
  learnt: ({ minimum, maximum }) => ({
    en: `minimum ${figures(minimum)}, maximum ${figures(maximum)}`,
    zh: `最小值 ${figures(minimum)}，最大值 ${figures(maximum)}`,
  }),
});
