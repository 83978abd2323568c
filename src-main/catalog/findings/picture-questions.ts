/** Questions about pictures with their answers. */
import type { FindingDefinition } from '../definitions';
import { count, named } from '../finding-parts';

export const definition: FindingDefinition = {
  id: 'picture-questions',
  label: { en: 'Questions about pictures', zh: '关于图片的问题' },
  help: {
    en: 'Each row is a question about a picture and its answer.',
    zh: '每一行是一个关于图片的问题及其答案。',
  },
  rank: 20,
  possible: (columns) =>
    columns.some(({ type }) => type === 'image') && columns.some(({ type }) => type === 'text') && columns.length > 2,
  likely: (columns) =>
    columns.some(({ type }) => type === 'image') && named(columns, /^question/i) && named(columns, /^answer/i),
  sentence: ({ rowCount, columns }) => {
    const pictures = columns.find(({ type }) => type === 'image')?.distinct ?? 0;
    return {
      en: `${count(rowCount)} questions about ${count(pictures)} pictures, with their answers.`,
      zh: `关于 ${count(pictures)} 张图片的 ${count(rowCount)} 个问题及其答案。`,
    };
  },
  tasks: [{ id: 'visual-questions', label: { en: 'Answer questions about pictures', zh: '回答关于图片的问题' } }],
};
