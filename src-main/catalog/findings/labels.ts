/** Rows that may be of several classes at once. */
import type { FindingDefinition } from '../definitions';
import { count } from '../finding-parts';

const hasLabels: FindingDefinition['possible'] = (columns) => columns.some(({ type }) => type === 'labels');

export const definition: FindingDefinition = {
  id: 'labels',
  label: { en: 'Rows with several classes', zh: '带多个类别的数据' },
  help: {
    en: 'Each row is of several classes at once, of one, or of none.',
    zh: '每一行可以同时属于多个类别、一个类别，或不属于任何类别。',
  },
  rank: 12,
  possible: hasLabels,
  likely: hasLabels,
  sentence({ rowCount, columns }) {
    const column = columns.find(({ type }) => type === 'labels');
    const labelled = count(rowCount - (column?.missing ?? 0));
    return {
      en: `${count(rowCount)} rows, ${labelled} of them labelled with any number of classes (${column?.name ?? ''}).`,
      zh: `${count(rowCount)} 行，其中 ${labelled} 行标有任意数量的类别（${column?.name ?? ''}）。`,
    };
  },
  tasks: [{ id: 'multi-label-classification', label: { en: 'Name all classes of a row', zh: '找出一行的所有类别' } }],
};
