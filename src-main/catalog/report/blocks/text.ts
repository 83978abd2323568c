/** What a person writes between the panels, in Markdown. */
import { markdown } from '../markdown';
import type { ReportBlockDefinition } from '../report-block';

export const definition: ReportBlockDefinition = {
  id: 'text',
  order: 1,
  label: { en: 'Text', zh: '文字' },
  about: { en: 'What you write, in Markdown.', zh: '您写的文字，使用 Markdown。' },
  isOfSeveral: false,
  asks: 'text',
  isUsual: false,
  render: (_facts, _words, { text = '' }) => (text.trim() === '' ? null : markdown(text)),
};
