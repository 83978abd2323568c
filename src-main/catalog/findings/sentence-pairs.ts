/** Sentences in two languages. */
import type { FindingDefinition } from '../definitions';
import { count, isWords } from '../finding-parts';

/** Names that files of pairs give their sides: what they are, or their languages. */
const SIDE =
  /^(source|target|src|tgt|sentence[ _]?[12ab]|[a-z]{2,3}([-_][a-z]{2,4})?|english|chinese|french|german|spanish)$/i;

export const definition: FindingDefinition = {
  id: 'sentence-pairs',
  label: { en: 'Sentence pairs', zh: '句对' },
  help: {
    en: 'Each row says the same in two languages, or a text and what is to become of it.',
    zh: '每一行用两种语言表达同一内容，或是一段文字及其对应的结果。',
  },
  rank: 60,
  possible: (columns) => columns.filter(isWords).length >= 2,
  likely: (columns) =>
    columns.filter(isWords).length === columns.length &&
    columns.filter((column) => column.type === 'text' && SIDE.test(column.name)).length >= 2,
  sentence: ({ rowCount, columns }) => {
    const sides = columns.filter(isWords).slice(0, 2);
    const [one = '', other = ''] = sides.map(({ name }) => name);
    return {
      en: `${count(rowCount)} pairs of sentences (${one}, ${other}).`,
      zh: `${count(rowCount)} 个句对（${one}、${other}）。`,
    };
  },
  tasks: [{ id: 'translation', label: { en: 'Translate', zh: '翻译' } }],
};
