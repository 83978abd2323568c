/** Pictures, each of a class. */
import type { FindingDefinition } from '../definitions';
import { classesOf, count } from '../finding-parts';

export const definition: FindingDefinition = {
  id: 'labelled-pictures',
  label: { en: 'Pictures with classes', zh: '带类别的图片' },
  help: { en: 'Each row is a picture and the class that it belongs to.', zh: '每一行是一张图片及其所属的类别。' },
  rank: 30,
  possible: (columns) => columns.some(({ type }) => type === 'image') && classesOf(columns) !== null,
  likely: (columns) => columns.some(({ type }) => type === 'image') && classesOf(columns) !== null,
  sentence: ({ rowCount, columns }) => {
    const classes = classesOf(columns);
    return {
      en: `${count(rowCount)} pictures in ${count(classes?.distinct ?? 0)} classes (${classes?.name ?? ''}).`,
      zh: `${count(rowCount)} 张图片，分为 ${count(classes?.distinct ?? 0)} 个类别（${classes?.name ?? ''}）。`,
    };
  },
  tasks: [{ id: 'image-classification', label: { en: 'Classify pictures', zh: '图片分类' } }],
};
