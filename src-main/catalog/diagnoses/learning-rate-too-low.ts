/** A loss that falls steadily, but by so little that the training ends near where it began: steps are too short. */
import type { DiagnosisDefinition } from '../diagnosis-definitions';
import { changeShare, curveOf, figure, lowestOf, percent, withHigherRate } from '../diagnosis-parts';

const FEWEST = 5;
/** Of the first epoch's loss, what must be left: in a healthy training half is gone in as many epochs. */
const LEFT = 0.75;
/** Of its weights, what a layer may move in an epoch: healthy ones move several percent in their first epochs. */
const STILL = 0.01;
/** Of the epochs, how many lower the loss: slow and steady. */
const STEADY = 0.8;

export const definition: DiagnosisDefinition = {
  id: 'learning-rate-too-low',
  label: { en: 'Learning rate too low', zh: '学习率过低' },
  help: {
    en: 'Steps are so short that the loss hardly falls in the epochs it is given.',
    zh: '步子过小，在给定的轮数内损失几乎不下降。',
  },
  rank: 20,
  covers: ['underfitting', 'collapse', 'vanishing-gradients'],
  check(facts) {
    const losses = curveOf(facts.epochs, 'loss');
    const validation = curveOf(facts.epochs, 'validation.loss');
    const [first = NaN, last = NaN] = [losses[0], losses.at(-1)];
    if (losses.length < FEWEST || !(last < first) || last < LEFT * first) return null;
    const falls = losses.filter((loss, at) => at > 0 && loss < (losses[at - 1] ?? -Infinity)).length;
    // Where others no longer get better, what can be learnt was.
    if (falls < STEADY * (losses.length - 1) || lowestOf(validation) < validation.length - 2) return null;
    const change = changeShare(facts);
    if (!facts.newest || change > STILL) return null;
    const { learningRate } = facts.run.settings;
    return {
      text: {
        en: `In ${losses.length} epochs the training loss fell only from ${figure(first)} to ${figure(last)}, steadily, and weights move at most ${percent(change)} in an epoch, with a learning rate of ${learningRate}.`,
        zh: `学习率为 ${learningRate} 时，训练损失在 ${losses.length} 轮中只从 ${figure(first)} 平稳降至 ${figure(last)}，权重每轮最多移动 ${percent(change)}。`,
      },
      next: { en: 'Longer steps get there sooner.', zh: '较大的步长可更快到达。' },
      evidence: { label: { en: 'Training loss', zh: '训练损失' }, values: losses },
      remedy: { label: { en: 'Raise the learning rate', zh: '提高学习率' }, change: withHigherRate },
    };
  },
};
