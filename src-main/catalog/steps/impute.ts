/** Fills gaps in numbers, as scikit-learn's `SimpleImputer` and its `MissingIndicator`. */
import { z } from 'zod';
import { choice, number, toggle } from '../fields';
import { defineStep } from '../step-definitions';
import { eachPart, figures, mapNumbers, rowCount, spread } from '../step-values';

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length / 2;
  if (sorted.length === 0) return 0;
  if (!Number.isInteger(middle)) return sorted[Math.floor(middle)] ?? 0;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Of equally frequent ones the smallest. */
function mostFrequent(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [best, most] = [0, 0];
  for (const [value, count] of counts) {
    if (count > most || (count === most && value < best)) [best, most] = [value, count];
  }
  return best;
}

const fills = { mean: (values: Float64Array) => spread(values).mean, median, 'most-frequent': mostFrequent };

/** One per row: 1 where any of its numbers is missing. */
function gaps(values: Float64Array, width: number, rows: number): Float64Array {
  const missing = new Float64Array(rows);
  for (const [at, value] of values.entries()) if (Number.isNaN(value)) missing[Math.floor(at / width)] = 1;
  return missing;
}

export const definition = defineStep({
  id: 'impute',
  label: { en: 'Fill gaps', zh: '填补缺失' },
  help: {
    en: 'Puts a number where a value is missing, since a network takes none that is absent. After Standardize, 0 is the mean.',
    zh: '在缺失处填入一个数，因为网络无法接收空值。在“标准化”之后，0 就是均值。',
  },
  takes: 'numbers',
  gives: 'numbers',
  suits: ['number', 'date'],
  fields: {
    strategy: choice<keyof typeof fills | 'constant'>({
      label: { en: 'With', zh: '填入' },
      help: {
        en: 'Mean, median and most frequent value are those of the training rows.',
        zh: '均值、中位数和最常见值取自训练行。',
      },
      default: 'mean',
      options: [
        { value: 'mean', label: { en: 'the mean', zh: '均值' } },
        { value: 'median', label: { en: 'the median', zh: '中位数' } },
        { value: 'most-frequent', label: { en: 'the most frequent value', zh: '最常见的值' } },
        { value: 'constant', label: { en: 'a constant', zh: '固定值' } },
      ],
    }),
    value: number({
      label: { en: 'Constant', zh: '固定值' },
      help: { en: 'Used where “a constant” is chosen.', zh: '选择“固定值”时使用。' },
      default: 0,
      minimum: -1e9,
      maximum: 1e9,
      scale: 'linear',
    }),
    flag: toggle({
      label: { en: 'Mark what was missing', zh: '标记缺失' },
      help: {
        en: 'Adds an input that is 1 where the value was missing, if any training row had a gap.',
        zh: '如果训练行中有缺失，则增加一个输入：缺失处为 1，否则为 0。',
      },
      default: true,
    }),
  },
  fitted: z.object({ fill: z.array(z.number()), hasMissing: z.boolean() }),
  fit(values, { strategy, value }) {
    const fill = eachPart(values, (present) => (strategy === 'constant' ? value : fills[strategy](present)));
    return { fill, hasMissing: values.values.some(Number.isNaN) };
  },
  apply(values, { fill, hasMissing }, { flag }) {
    const filled = mapNumbers(values, (value, part) => (Number.isNaN(value) ? (fill[part] ?? 0) : value));
    if (!flag || !hasMissing || values.missing) return filled;
    return { ...filled, missing: gaps(values.values, values.width, rowCount(values)) };
  },
  learnt: ({ fill, hasMissing }, { flag }) => ({
    en: `${figures(fill)}${flag ? (hasMissing ? ', with an input that marks gaps' : ', no gaps in the training rows') : ''}`,
    zh: `${figures(fill)}${flag ? (hasMissing ? '，并有一个标记缺失的输入' : '，训练行没有缺失') : ''}`,
  }),
});
