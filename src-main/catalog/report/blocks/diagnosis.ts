/** What went wrong in the runs, by the rules of the app, and what to do. */
import { markup } from '../html';
import type { ReportBlockDefinition } from '../report-block';

export const definition: ReportBlockDefinition = {
  id: 'diagnosis',
  order: 9,
  label: { en: 'Diagnosis', zh: '诊断' },
  about: {
    en: 'Overfitting, learning rates that are too high and other findings, with what to do.',
    zh: '过拟合、学习率过高等发现，以及建议。',
  },
  isOfSeveral: false,
  asks: null,
  isUsual: true,
  render(facts, words) {
    const found = facts.runs.filter(({ diagnoses }) => diagnoses.length > 0);
    if (found.length === 0) {
      return markup`<p>${words.text({ en: 'The rules of the app found nothing wrong with these runs.', zh: '按应用的规则，未发现这些运行有问题。' })}</p>`;
    }
    return markup`${found.map(
      ({ run, diagnoses }) =>
        markup`<h3>${run.name}</h3><ul>${diagnoses.map(
          ({ text, next }) => markup`<li>${words.text(text)}<br /><span class="muted">${words.text(next)}</span></li>`,
        )}</ul>`,
    )}`;
  },
};
