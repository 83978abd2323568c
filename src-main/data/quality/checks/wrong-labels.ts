/** Labels that models which have not seen the row don't believe. */
import { describeError, MOST_FOUND_ROWS, type Edit, type Fix } from '../../../contract';
import { counted, excludeFix, figure, percent, type CheckDefinition } from '../check';
import { suspectLabels, type LabelSuspect } from '../confident-learning';

/** Fewer rows than this per class teach no model what is usual. */
const LEAST_PER_CLASS = 20;

const tooFew = {
  en: `Needs a target of classes with ${LEAST_PER_CLASS} rows each`,
  zh: `需要以类别为目标，且每类至少 ${LEAST_PER_CLASS} 行`,
};

export const definition: CheckDefinition = {
  id: 'wrong-labels',
  label: { en: 'Likely wrong labels', zh: '可能错误的标签' },
  help: {
    en: 'A quick model is trained on parts of the data and asked about the rest. Rows that it confidently takes for another class are listed, the most doubtful first (confident learning).',
    zh: '用一个快速模型在部分数据上训练，再判断其余数据。列出它明确认为属于其他类别的行，最可疑的在前（置信学习）。',
  },
  fits: (data) => data.outOfFold !== null && data.rows >= LEAST_PER_CLASS * data.outOfFold.classes,
  whyNot({ modelProblem }) {
    if (!modelProblem) return tooFew;
    return { en: describeError(modelProblem, 'en').message, zh: describeError(modelProblem, 'zh').message };
  },
  async run(data) {
    const divided = await data.divided();
    const { outOfFold, target } = data;
    if (!outOfFold || !target || divided?.target.kind !== 'classes') return [];
    const { classes } = divided.target;
    const suspects = suspectLabels(outOfFold, divided.classes);
    if (suspects.length === 0) return [];
    const rows = suspects.map(({ row }) => row);
    const [first] = suspects;
    const name = (label: number | undefined) => classes[label ?? -1] ?? '';
    const example = first
      ? { row: figure(first.row + 1), is: name(divided.classes[first.row]), seems: name(first.suggested) }
      : null;
    return [
      {
        severity: rows.length >= 0.01 * data.rows ? 'serious' : 'attention',
        sentence: {
          en: `${counted(rows.length, 'label is', 'labels are')} likely wrong (${percent(rows.length / data.rows)}). Most doubtful: row ${example?.row ?? ''} is labelled “${example?.is ?? ''}” and looks like “${example?.seems ?? ''}”.`,
          zh: `${figure(rows.length)} 个标签可能有误（${percent(rows.length / data.rows)}）。最可疑：第 ${example?.row ?? ''} 行标为“${example?.is ?? ''}”，但更像“${example?.seems ?? ''}”。`,
        },
        columns: [target.name],
        rows,
        suggested: { column: target.name, values: suspects.map(({ suggested }) => name(suggested)) },
        fixes: [relabelFix(target.name, suspects.slice(0, MOST_FOUND_ROWS), classes), excludeFix(rows, 'wrong-labels')],
      },
    ];
  },
};

/** One edit per suggested class. */
function relabelFix(column: string, suspects: readonly LabelSuspect[], classes: readonly string[]): Fix {
  const byClass = new Map<number, number[]>();
  for (const { row, suggested } of suspects) {
    const rows = byClass.get(suggested);
    if (rows) rows.push(row);
    else byClass.set(suggested, [row]);
  }
  const edits = [...byClass].map(([label, rows]): Edit => ({
    kind: 'set',
    column,
    rows,
    value: classes[label] ?? null,
  }));
  return {
    label: {
      en: `Set all ${figure(suspects.length)} to the suggested class`,
      zh: `将这 ${figure(suspects.length)} 行全部改为建议的类别`,
    },
    edits,
  };
}
