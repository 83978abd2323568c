/** Scores of the saved models on the test rows, each with its interval, beside a constant answer's. */
import type { Score } from '../../../contract';
import { scores as known } from '../../score-registry';
import { figureLabel, figureText, runTable } from '../figures';
import { markup, type Html } from '../html';
import type { ReportBlockDefinition } from '../report-block';
import type { Words } from '../report-facts';

export const definition: ReportBlockDefinition = {
  id: 'scores',
  order: 4,
  label: { en: 'Test scores', zh: '测试分数' },
  about: {
    en: 'Scores on the test rows, which training never saw, with 95 % intervals and a constant answer’s scores.',
    zh: '在训练从未见过的测试数据上的分数，附 95 % 区间以及固定回答的分数。',
  },
  isOfSeveral: false,
  asks: null,
  isUsual: true,
  render(facts, words) {
    const tested = facts.runs.map(({ evaluation }) => evaluation?.scores ?? []);
    const ids = [...new Set(tested.flat().map(({ id }) => id))];
    if (ids.length === 0) return null;
    const caption = words.text({ en: 'Scores on the test rows', zh: '测试数据上的分数' });
    const lines = ids.map((id) => ({
      name: labelOf(id, words),
      cells: tested.map((scores) =>
        cellOf(
          scores.find((score) => score.id === id),
          words,
        ),
      ),
    }));
    const rows = facts.runs.map(({ evaluation }) => (evaluation ? words.number(evaluation.rows) : '–'));
    const all = [...lines, { name: words.text({ en: 'Test rows', zh: '测试行数' }), cells: rows }];
    const note = words.text({
      en: 'In brackets the 95 % interval. “Constant” is the same answer for every row, which a model must beat to be worth anything.',
      zh: '方括号内为 95 % 区间。“固定”指对每一行给出同样的回答，模型必须优于它才有价值。',
    });
    return markup`${runTable(facts, caption, all)}<p class="note">${note}</p>`;
  },
};

/** With an arrow to where better is. */
function labelOf(id: string, words: Words): string {
  const arrow = known.has(id) ? (known.get(id).better === 'higher' ? ' ↑' : ' ↓') : '';
  return figureLabel(id, words) + arrow;
}

function cellOf(score: Score | undefined, words: Words): Html {
  if (!score) return markup`–`;
  const { id, value, interval, baseline } = score;
  const figure = (one: number) => figureText(id, one, words);
  return markup`<strong>${figure(value)}</strong>${
    interval && markup` <span class="interval">[${figure(interval.low)}, ${figure(interval.high)}]</span>`
  }${baseline !== null && markup`<br /><span class="muted">${words.text({ en: 'constant', zh: '固定' })} ${figure(baseline)}</span>`}`;
}
