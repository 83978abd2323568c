/** Numbers over time: a date or a year of its own in every row. */
import type { FindingDefinition } from '../definitions';
import { count } from '../finding-parts';
import { timeColumn } from '../split-columns';

/** Fewer rows with dates are rather a list. */
const FEWEST = 24;

export const definition: FindingDefinition = {
  id: 'time-series',
  label: { en: 'Time series', zh: '时间序列' },
  help: {
    en: 'Each row is a step in time, with numbers that were measured then.',
    zh: '每一行是一个时间步，以及当时测得的数。',
  },
  rank: 70,
  possible: (columns) =>
    columns.some(({ type }) => type === 'number') &&
    columns.every(({ type }) => ['number', 'date', 'category', 'ignored'].includes(type)),
  likely: (columns) => {
    const dates = columns.filter(({ type }) => type === 'date');
    const date = timeColumn(columns, '');
    const numbers = columns.filter((column) => column.type === 'number' && column !== date);
    const most = Math.max(...numbers.map(({ distinct }) => distinct));
    const isEach = date !== undefined && date.missing === 0 && date.distinct >= Math.max(FEWEST, most);
    return isEach && dates.length <= 1 && numbers.length > 0;
  },
  sentence: ({ rowCount, columns }) => {
    const date = timeColumn(columns, '');
    const numbers = columns.filter((column) => column.type === 'number' && column !== date).length;
    return {
      en: `${count(rowCount)} steps in time, with ${count(numbers)} ${numbers === 1 ? 'number' : 'numbers'} each.`,
      zh: `${count(rowCount)} 个时间步，每步 ${count(numbers)} 个数。`,
    };
  },
  tasks: [{ id: 'series-forecasting', label: { en: 'Forecast a series', zh: '预测时间序列' } }],
};
