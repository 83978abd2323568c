/** Scores of the saved models on the test rows, each with its interval, beside the baseline's. */
import type { Baseline, Score } from '../../../contract';
import { baselineText } from '../../baseline';
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
    en: 'Scores on the test rows, which training never saw, with 95 % intervals and the baseline’s scores.',
    zh: '在训练从未见过的测试数据上的分数，附 95 % 区间以及基准的分数。',
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
    const notes = [
      ...(tested.flat().some(({ interval }) => interval)
        ? [words.text({ en: 'In brackets the 95 % interval.', zh: '方括号内为 95 % 区间。' })]
        : []),
      ...baselines(
        facts.runs.map(({ evaluation }) => evaluation?.baseline ?? null),
        words,
      ),
    ];
    return markup`${runTable(facts, caption, all)}<p class="note">${notes.join(' ')}</p>`;
  },
};

/** What stands beside the scores, each once. */
function baselines(all: readonly (Baseline | null)[], words: Words): string[] {
  const said = all
    .filter((one) => one !== null)
    .map((baseline) => {
      const { en, zh } = baselineText(baseline, (value) => words.number(value));
      return words.text({
        en: `Baseline: ${en}; a model must beat it to be worth anything.`,
        zh: `基准：${zh}；模型必须优于它才有价值。`,
      });
    });
  return [...new Set(said)];
}

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
  }${baseline !== null && markup`<br /><span class="muted">${words.text({ en: 'baseline', zh: '基准' })} ${figure(baseline)}</span>`}`;
}
