/** Whether the others are better than the first run on the same test rows, or were lucky. */
import { unfitWords, type ComparedPair } from '../../../contract';
import { figureLabel, figureText, isShare } from '../figures';
import { markup, type Html } from '../html';
import type { ReportBlockDefinition } from '../report-block';
import type { ReportFacts, Words } from '../report-facts';

export const definition: ReportBlockDefinition = {
  id: 'verdict',
  order: 5,
  label: { en: 'Better or luck', zh: '更好还是运气' },
  about: {
    en: 'Whether a difference between runs is more than chance, by resampling the test rows.',
    zh: '通过对测试数据重新抽样，判断运行之间的差异是否超出偶然。',
  },
  isOfSeveral: true,
  asks: null,
  isUsual: true,
  render(facts, words) {
    const { comparison } = facts;
    if (!comparison || comparison.score === null || comparison.pairs.length === 0) return unfit(facts, words);
    const { score, rows, resamples, seed, pairs } = comparison;
    const label = figureLabel(score, words);
    const method = words.text({
      en: `By ${label} on the same ${words.number(rows)} test rows. Paired bootstrap: the rows are drawn anew ${words.number(resamples)} times (seed ${seed}), and the difference is taken each time; its middle 95 % are the interval. It speaks of these models on these rows.`,
      zh: `按${label}，在相同的 ${words.number(rows)} 行测试数据上。成对自助法：对这些行重新抽样 ${words.number(resamples)} 次（种子 ${seed}），每次计算差异，其中间 95 % 即为区间。结论只针对这些模型和这些行。`,
    });
    const lines = pairs.map((pair) => markup`<li>${sentence(pair, facts, score, words)}</li>`);
    return markup`<ul class="verdicts">${lines}</ul>${unfit(facts, words)}<p class="note">${method}</p>`;
  },
};

function sentence(pair: ComparedPair, facts: ReportFacts, score: string, words: Words): Html {
  const other = nameOf(facts, pair.runId);
  const reference = nameOf(facts, facts.comparison?.reference ?? '');
  const { difference, low, high, adjusted } = pair;
  const by = amount(score, Math.abs(difference), words);
  const interval = low === null || high === null ? '–' : `${signed(score, low, words)} … ${signed(score, high, words)}`;
  const p = adjusted === null ? '' : `, p ${adjusted < 0.001 ? '< 0.001' : `= ${adjusted.toFixed(3)}`}`;
  const range = words.text({ en: `95 % interval ${interval}${p}`, zh: `95 % 区间 ${interval}${p}` });
  if (pair.verdict === 'tie') {
    const unit = isShare(score) ? words.text({ en: ' points', zh: ' 个百分点' }) : '';
    const chance = signed(score, difference, words) + unit;
    return markup`<strong>${other}</strong>${words.text({ en: ' and ', zh: ' 与 ' })}<strong>${reference}</strong>${words.text(
      {
        en: `: a tie; the difference of ${chance} may well be chance`,
        zh: `：不分高下；${chance} 的差异很可能出于偶然`,
      },
    )} (${range}).`;
  }
  const isBetter = pair.verdict === 'better';
  return markup`<strong>${other}</strong>${words.text({
    en: isBetter ? ' is better than ' : ' is worse than ',
    zh: isBetter ? ' 优于 ' : ' 劣于 ',
  })}<strong>${reference}</strong>${words.text({ en: ` by ${by}`, zh: `，相差 ${by}` })} (${range}).`;
}

function unfit({ comparison, runs }: ReportFacts, words: Words): Html | null {
  const left = comparison?.unfit ?? [];
  if (left.length === 0) return null;
  const lines = left.map(({ runId, reason }) => {
    const why = Object.hasOwn(unfitWords, reason) ? words.text(unfitWords[reason]) : reason;
    return markup`<li>${words.text({ en: 'Not compared: ', zh: '未比较：' })}<strong>${nameOf({ runs }, runId)}</strong>: ${why}</li>`;
  });
  return markup`<ul>${lines}</ul>`;
}

function nameOf({ runs }: Pick<ReportFacts, 'runs'>, id: string): string {
  return runs.find(({ run }) => run.id === id)?.run.name ?? id;
}

function amount(score: string, value: number, words: Words): string {
  if (!isShare(score)) return figureText(score, value, words);
  const points = (100 * value).toFixed(1);
  return words.text({ en: `${points} percentage points`, zh: `${points} 个百分点` });
}

function signed(score: string, value: number, words: Words): string {
  const sign = value > 0 ? '+' : value < 0 ? '−' : '';
  return sign + (isShare(score) ? (100 * Math.abs(value)).toFixed(1) : words.number(Math.abs(value)));
}
