/** Confusion matrices: how often each class was taken for each. */
import type { Evaluation } from '../../../contract';
import { markup, type Html } from '../html';
import type { ReportBlockDefinition } from '../report-block';
import type { Words } from '../report-facts';

/** A page holds no more side by side. */
const mostClasses = 20;
const shades = 8;

export const definition: ReportBlockDefinition = {
  id: 'confusion',
  order: 7,
  label: { en: 'Confusion matrices', zh: '混淆矩阵' },
  about: {
    en: 'Of the test rows of each class, how many were taken for which; for classes only.',
    zh: '每个类别的测试数据被判为各类别的数量；仅适用于分类。',
  },
  isOfSeveral: false,
  asks: null,
  isUsual: true,
  render(facts, words) {
    const tables = facts.runs.flatMap(({ run, evaluation }) => (evaluation ? matrix(run.name, evaluation, words) : []));
    return tables.length === 0 ? null : markup`<div class="matrices">${tables}</div>`;
  },
};

function matrix(name: string, { confusion, target }: Evaluation, words: Words): Html[] {
  if (target.kind !== 'classes' || confusion.length === 0 || target.classes.length > mostClasses) return [];
  const { classes } = target;
  const caption = words.text({ en: `${name}: actual down, predicted across`, zh: `${name}：纵为实际，横为预测` });
  const rows = confusion.map((counts, actual) => {
    const sum = counts.reduce((all, count) => all + count, 0);
    const cells = counts.map((count) => {
      const shade = sum === 0 ? 0 : Math.round((shades * count) / sum);
      return markup`<td class="shade-${shade}">${words.number(count)}</td>`;
    });
    return markup`<tr><th scope="row">${classes[actual] ?? ''}</th>${cells}</tr>`;
  });
  return [
    markup`<div class="scroll"><table class="matrix">
    <caption>${caption}</caption>
    <thead><tr><td></td>${classes.map((label) => markup`<th scope="col">${label}</th>`)}</tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`,
  ];
}
