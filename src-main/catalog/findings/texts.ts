/** Texts of which nothing is known, or one long text in pieces. */
import type { FindingDefinition } from '../definitions';
import { count, isWords } from '../finding-parts';

export const definition: FindingDefinition = {
  id: 'texts',
  label: { en: 'Texts', zh: '文本' },
  help: {
    en: 'Lines, paragraphs or files of text, from which a network can learn to write.',
    zh: '文本的行、段落或文件，网络可以从中学习写作。',
  },
  rank: 80,
  possible: (columns) => columns.some(({ type }) => type === 'text'),
  likely: (columns) => columns.some(({ type }) => type === 'text') && columns.every(isWords),
  sentence: ({ rowCount }) => ({
    en: `${count(rowCount)} pieces of text.`,
    zh: `${count(rowCount)} 段文本。`,
  }),
  tasks: [{ id: 'text-generation', label: { en: 'Write text', zh: '生成文本' } }],
};
