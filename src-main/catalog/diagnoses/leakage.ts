/** Results too good to be true: a column may hold the answer, or the same rows may lie on both sides of the split. */
import { tasks } from '../index';
import type { DiagnosisDefinition, RunFacts } from '../diagnosis-definitions';
import { curveOf, figure, percent } from '../diagnosis-parts';

/** Of the validation examples; fewer of them get all right by chance or because they are easy. */
const RIGHT = 0.998;
const FEWEST = 100;
/** Epochs: what is only easy takes a network more to get all but perfect. */
const SOON = 3;
/** Of standardized numbers' loss, whose constant answer has about 1. */
const LOSS = 1e-3;

export const definition: DiagnosisDefinition = {
  id: 'leakage',
  label: { en: 'Suspiciously perfect', zh: '结果好得可疑' },
  help: {
    en: 'Answers on rows that were not trained on are all but perfect. Real tables are hardly ever so; often a column gives the answer away, or rows are there twice.',
    zh: '对未参与训练的数据，回答几乎全部正确。真实表格很少如此；往往是某一列泄露了答案，或存在重复的行。',
  },
  rank: 50,
  check(facts) {
    const { probe } = facts.readings;
    const { task } = facts.run.data;
    if (!probe || probe.part !== 'validation' || probe.rows.length < FEWEST) return null;
    if (!tasks.has(task) || tasks.get(task).input !== 'table' || tasks.get(task).target === 'reconstruction')
      return null;
    const found = perfection(facts);
    return (
      found && {
        ...found,
        next: {
          en: 'The check on Data looks for columns that give the target away and for rows that lie on both sides of the split.',
          zh: '“数据”中的检查会查找泄露目标的列，以及同时出现在划分两侧的行。',
        },
        remedy: { label: { en: 'Check the data', zh: '检查数据' }, screen: 'data', tab: 'quality' },
      }
    );
  },
};

function perfection({ epochs }: RunFacts) {
  const right = curveOf(epochs, 'validation.accuracy');
  const losses = curveOf(epochs, 'validation.loss');
  const best = Math.max(0, ...right);
  const epoch = right.findIndex((value) => value >= RIGHT) + 1;
  if (epoch > 0 && epoch <= SOON) {
    return {
      text: {
        en: `From epoch ${epoch} on, ${percent(best)} of the validation rows are answered right.`,
        zh: `自第 ${epoch} 轮起，验证数据有 ${percent(best)} 答对。`,
      },
      evidence: { label: { en: 'Accuracy, validation', zh: '准确率，验证' }, values: right },
    };
  }
  const lowest = Math.min(...losses.slice(0, SOON));
  if (right.length > 0 || lowest > LOSS) return null;
  return {
    text: {
      en: `The validation loss is ${figure(lowest)}, where a constant answer has about 1.`,
      zh: `验证损失为 ${figure(lowest)}，而常数回答约为 1。`,
    },
    evidence: { label: { en: 'Validation loss', zh: '验证损失' }, values: losses },
  };
}
