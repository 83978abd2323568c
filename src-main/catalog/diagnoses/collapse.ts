/** One answer for everything: the network has found that naming one class costs least, or can no longer tell examples apart. */
import type { DiagnosisDefinition } from '../diagnosis-definitions';
import { classFactsOf, curveOf, percent, withLowerRate } from '../diagnosis-parts';

/** In the first epochs a network may well say the most frequent class everywhere. */
const FEWEST = 3;
/** Of the examples that get one answer. */
const SAME = 0.98;
/** Of the examples that may have that class for it to be a mistake. */
const LARGEST = 0.9;
/** From which share on the class is so frequent that naming it always pays. */
const FREQUENT = 0.6;

export const definition: DiagnosisDefinition = {
  id: 'collapse',
  label: { en: 'Collapse to one class', zh: '塌缩为单一类别' },
  help: {
    en: 'The network answers with the same class whatever it is shown.',
    zh: '无论看到什么，网络都回答同一个类别。',
  },
  rank: 30,
  covers: ['underfitting', 'imbalance'],
  check(facts) {
    const found = classFactsOf(facts);
    if (!found || facts.epochs.length < FEWEST) return null;
    const { classes, answered, counts, said, majorityShare } = found;
    const one = answered.indexOf(Math.max(...answered));
    const share = (answered[one] ?? 0) / said.length;
    const actual = (counts[one] ?? 0) / said.length;
    if (share < SAME || actual > LARGEST || classes.length < 2) return null;
    const isImbalanced = majorityShare >= FREQUENT && facts.run.settings.classWeights === 'none';
    return {
      text: {
        en: `${percent(share)} of the examples are answered with “${classes[one] ?? ''}”, which only ${percent(actual)} of them are.`,
        zh: `${percent(share)} 的样本都被回答为“${classes[one] ?? ''}”，而其中只有 ${percent(actual)} 属于该类。`,
      },
      next: isImbalanced
        ? { en: 'Let every class count the same in the loss.', zh: '让每个类别在损失中同等重要。' }
        : { en: 'Shorter steps and a look at the data help most often.', zh: '通常减小步长并检查数据会有帮助。' },
      evidence: { label: { en: 'Training loss', zh: '训练损失' }, values: curveOf(facts.epochs, 'loss') },
      tab: 'confusion',
      remedy: isImbalanced
        ? {
            label: { en: 'Balance the classes', zh: '均衡类别' },
            change: (now) => ({ ...now, settings: { ...now.settings, classWeights: 'balanced' } }),
          }
        : { label: { en: 'Lower the learning rate', zh: '降低学习率' }, change: withLowerRate },
    };
  },
};
