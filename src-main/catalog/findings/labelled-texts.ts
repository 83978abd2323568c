/** Texts, each of a class. */
import type { FindingDefinition } from '../definitions';
import { classesOf, count, isProse } from '../finding-parts';

export const definition: FindingDefinition = {
  id: 'labelled-texts',
  label: { en: 'Texts with classes', zh: '带类别的文本' },
  help: { en: 'Each row is a text and the class that it belongs to.', zh: '每一行是一段文本及其所属的类别。' },
  rank: 70,
  possible: (columns) => columns.some(({ type }) => type === 'text') && classesOf(columns) !== null,
  likely: (columns) =>
    columns.some(isProse) && classesOf(columns) !== null && columns.every(({ type }) => type !== 'number'),
  sentence: ({ rowCount, columns }) => {
    const classes = classesOf(columns);
    return {
      en: `${count(rowCount)} texts in ${count(classes?.distinct ?? 0)} classes (${classes?.name ?? ''}).`,
      zh: `${count(rowCount)} 段文本，分为 ${count(classes?.distinct ?? 0)} 个类别（${classes?.name ?? ''}）。`,
    };
  },
  tasks: [{ id: 'text-classification', label: { en: 'Classify texts', zh: '文本分类' } }],
};
