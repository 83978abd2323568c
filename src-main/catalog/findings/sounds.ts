/** Sounds, with classes or without. */
import type { FindingDefinition } from '../definitions';
import { classesOf, count } from '../finding-parts';

export const definition: FindingDefinition = {
  id: 'sounds',
  label: { en: 'Sounds', zh: '声音' },
  help: { en: 'Each row is a sound, with its class where that is known.', zh: '每一行是一段声音，以及已知的类别。' },
  rank: 10,
  possible: (columns) => columns.some(({ type }) => type === 'audio'),
  likely: (columns) => columns.some(({ type }) => type === 'audio'),
  sentence({ rowCount, columns }) {
    const classes = classesOf(columns)?.distinct ?? 0;
    return classes > 0
      ? {
          en: `${count(rowCount)} sounds of ${count(classes)} classes.`,
          zh: `${count(rowCount)} 段声音，${count(classes)} 个类别。`,
        }
      : {
          en: `${count(rowCount)} sounds without classes. Label them, or import them in one folder per class.`,
          zh: `${count(rowCount)} 段没有类别的声音。可为其添加标签，或按类别分文件夹导入。`,
        };
  },
  tasks: [{ id: 'audio-classification', label: { en: 'Classify sounds', zh: '声音分类' } }],
};
