/** A table: what everything is that is nothing in particular. */
import type { FindingDefinition } from '../definitions';
import { count } from '../finding-parts';

export const definition: FindingDefinition = {
  id: 'table',
  label: { en: 'Table', zh: '表格' },
  help: { en: 'Rows of numbers, categories and words.', zh: '由数字、类别和文字组成的行。' },
  rank: 1000,
  possible: (columns) => columns.every(({ type }) => type !== 'image' && type !== 'audio'),
  likely: () => true,
  sentence: ({ rowCount, columns }) => ({
    en: `A table of ${count(rowCount)} rows and ${count(columns.length)} columns.`,
    zh: `${count(rowCount)} 行、${count(columns.length)} 列的表格。`,
  }),
  tasks: [],
};
