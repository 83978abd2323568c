/** A date as numbers: year, and what comes round again (month, weekday, hour) as points on a circle. */
import { z } from 'zod';
import { dayOrderOf, parseDate, weekdayOf, type DateParts } from '../dates';
import { choice, toggle, type ValuesOf } from '../fields';
import { defineStep } from '../step-definitions';
import { countTexts, numbersOfTexts } from '../step-values';

const fields = {
  year: toggle({
    label: { en: 'Year', zh: '年' },
    help: { en: 'As it is; let Standardize follow.', zh: '保持原值；建议后接“标准化”。' },
    default: true,
  }),
  month: toggle({
    label: { en: 'Month', zh: '月' },
    help: { en: 'With the day as a fraction, so that it moves on daily.', zh: '含日期的小数部分，因而每天递进。' },
    default: true,
  }),
  weekday: toggle({
    label: { en: 'Weekday', zh: '星期' },
    help: { en: 'From Monday on.', zh: '从星期一算起。' },
    default: true,
  }),
  hour: toggle({
    label: { en: 'Hour', zh: '小时' },
    help: { en: 'With minutes as a fraction; 0 where no time is written.', zh: '分钟作为小数；没有时间时为 0。' },
    default: false,
  }),
  circle: toggle({
    label: { en: 'As points on a circle', zh: '表示为圆上的点' },
    help: {
      en: 'Sine and cosine instead of one number: December then lies beside January, 23 h beside 0 h.',
      zh: '用正弦和余弦代替一个数：十二月与一月相邻，23 时与 0 时相邻。',
    },
    default: true,
  }),
  order: choice<'learnt' | 'day-first' | 'month-first'>({
    label: { en: 'In 03/04/2024', zh: '03/04/2024 中' },
    help: {
      en: 'Learnt: the training rows tell by a number above 12; where none does, the month is first.',
      zh: '自动：训练行中大于 12 的数说明顺序；没有这样的数时，月在前。',
    },
    default: 'learnt',
    options: [
      { value: 'learnt', label: { en: 'learnt', zh: '自动判断' } },
      { value: 'day-first', label: { en: 'the day is first', zh: '日在前' } },
      { value: 'month-first', label: { en: 'the month is first', zh: '月在前' } },
    ],
  }),
} as const;
type Chosen = ValuesOf<typeof fields>;

interface Part {
  readonly name: 'month' | 'weekday' | 'hour';
  /** How far round the circle it is, 0 to below 1. */
  readonly turn: (date: DateParts) => number;
  /** The number where no circle is wanted. */
  readonly plain: (date: DateParts) => number;
}

const cycles: readonly Part[] = [
  {
    name: 'month',
    turn: ({ month, day }) => (month - 1 + (day - 1) / 31) / 12,
    plain: ({ month, day }) => month + (day - 1) / 31,
  },
  { name: 'weekday', turn: (date) => weekdayOf(date) / 7, plain: weekdayOf },
  { name: 'hour', turn: ({ hour }) => hour / 24, plain: ({ hour }) => hour },
];

function namesOf(chosen: Chosen): string[] {
  const around = cycles.filter(({ name }) => chosen[name]);
  const names = around.flatMap(({ name }) => (chosen.circle ? [`sin ${name}`, `cos ${name}`] : [name]));
  return chosen.year ? ['year', ...names] : names;
}

function numbersOf(date: DateParts, chosen: Chosen): number[] {
  const around = cycles.filter(({ name }) => chosen[name]);
  const numbers = around.flatMap(({ turn, plain }) => {
    const angle = 2 * Math.PI * turn(date);
    return chosen.circle ? [Math.sin(angle), Math.cos(angle)] : [plain(date)];
  });
  return chosen.year ? [date.year, ...numbers] : numbers;
}

export const definition = defineStep({
  id: 'date-parts',
  label: { en: 'Parts of a date', zh: '日期成分' },
  help: {
    en: 'Takes year, month, weekday or hour out of a date. Reads 2024-05-01, 1.5.2024, May 1, 2024, 2024年5月1日 and times; what is no date counts as missing.',
    zh: '从日期中取出年、月、星期或小时。可读 2024-05-01、1.5.2024、May 1, 2024、2024年5月1日 以及时间；不是日期的视为缺失。',
  },
  takes: 'texts',
  gives: 'numbers',
  suits: ['date', 'text', 'category'],
  fields,
  fitted: z.object({ order: z.enum(['day-first', 'month-first']) }),
  fit: (values, { order }) => ({ order: order === 'learnt' ? dayOrderOf(countTexts(values).keys()) : order }),
  apply(values, { order }, chosen) {
    const width = namesOf(chosen).length;
    const write = (text: string, into: Float64Array) => {
      const date = parseDate(text, order);
      if (date) into.set(numbersOf(date, chosen));
      else into.fill(NaN);
    };
    return numbersOfTexts(values, width, write, NaN);
  },
  learnt: ({ order }) =>
    order === 'day-first' ? { en: 'the day is first', zh: '日在前' } : { en: 'the month is first', zh: '月在前' },
  outputs: (_, chosen) => namesOf(chosen),
});
