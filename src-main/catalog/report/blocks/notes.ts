/** The notes that stand at the runs. */
import { markdown } from '../markdown';
import { markup } from '../html';
import type { ReportBlockDefinition } from '../report-block';

export const definition: ReportBlockDefinition = {
  id: 'notes',
  order: 11,
  label: { en: 'Notes of the runs', zh: '运行备注' },
  about: { en: 'What was written at each run.', zh: '每次运行所写的备注。' },
  isOfSeveral: false,
  asks: null,
  isUsual: false,
  render(facts) {
    const noted = facts.runs.filter(({ run }) => run.note.trim() !== '');
    return noted.length === 0
      ? null
      : markup`${noted.map(({ run }) => markup`<h3>${run.name}</h3>${markdown(run.note)}`)}`;
  },
};
