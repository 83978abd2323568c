/** Texts in which stretches are marked. */
import type { FindingDefinition } from '../definitions';
import { count } from '../finding-parts';

const hasSpans: FindingDefinition['possible'] = (columns) => columns.some(({ type }) => type === 'spans');

export const definition: FindingDefinition = {
  id: 'spans',
  label: { en: 'Texts with marked words', zh: '带标记的文本' },
  help: {
    en: 'Texts in which stretches are marked, each with its class, such as names of people and places.',
    zh: '文本中的片段已标记，每个片段有其类别，例如人名和地名。',
  },
  rank: 11,
  possible: hasSpans,
  likely: hasSpans,
  sentence({ rowCount, columns }) {
    const column = columns.find(({ type }) => type === 'spans');
    const marked = count(rowCount - (column?.missing ?? 0));
    return {
      en: `${count(rowCount)} texts, ${marked} of them with marked words (${column?.of ?? column?.name ?? ''}).`,
      zh: `${count(rowCount)} 条文本，其中 ${marked} 条带有标记（${column?.of ?? column?.name ?? ''}）。`,
    };
  },
  tasks: [{ id: 'span-labelling', label: { en: 'Find words in texts', zh: '在文本中寻找词语' } }],
};
