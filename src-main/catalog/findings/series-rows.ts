/** A series in each row: many columns of numbers that are counted up, as t0, t1, t2, and a class. */
import type { FindingDefinition } from '../definitions';
import { classesOf, count } from '../finding-parts';

/** Fewer numbered columns are rather a table's. */
const FEWEST = 16;
/** Words that name a point in time; pixels and features are counted up as well. */
const NUMBERED = /^(?:t|time|step|value|v|x)?[ _-]?(\d+)$/i;

export const definition: FindingDefinition = {
  id: 'series-rows',
  label: { en: 'A series in each row', zh: '每行一个序列' },
  help: {
    en: 'Each row is a whole series, such as one movement, with the class it belongs to.',
    zh: '每一行是一个完整的序列，例如一个动作，以及它的类别。',
  },
  rank: 60,
  possible: (columns) => columns.filter(({ type }) => type === 'number').length >= FEWEST,
  likely: (columns) => {
    const numbers = columns.filter(({ type }) => type === 'number');
    const counted = numbers.map(({ name }) => Number(NUMBERED.exec(name)?.[1] ?? NaN));
    const isInOrder = counted.every((number, at) => at === 0 || number === (counted[at - 1] ?? NaN) + 1);
    // One more column may say which rows are for the test.
    const hasClass = classesOf(columns) !== null && columns.length <= numbers.length + 2;
    return numbers.length >= FEWEST && isInOrder && hasClass;
  },
  sentence: ({ rowCount, columns }) => {
    const steps = count(columns.filter(({ type }) => type === 'number').length);
    return {
      en: `${count(rowCount)} series of ${steps} steps each.`,
      zh: `${count(rowCount)} 个序列，每个 ${steps} 步。`,
    };
  },
  tasks: [{ id: 'series-classification', label: { en: 'Classify series', zh: '时间序列分类' } }],
};
