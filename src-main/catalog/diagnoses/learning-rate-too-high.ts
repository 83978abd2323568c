/** A loss that jumps, grows or leaves the numbers: steps are too long. */
import type { Text } from '../../contract';
import type { DiagnosisDefinition } from '../diagnosis-definitions';
import { curveOf, figure, withLowerRate } from '../diagnosis-parts';

/** The mean training loss of an epoch hardly ever rises by a tenth in a healthy training, whose order of rows alone is random. */
const JUMP = 1.1;
/** Of the epochs looked at. */
const JUMPING_SHARE = 1 / 3;
/** The newest ones: what was wild at first may have settled. */
const WINDOW = 10;
const FEWEST = 4;
/** At the end, beside the first epoch, whose mean holds the untrained network's losses. */
const GROWTH = 1.05;
/** Of classes: a constant answer costs ln(classes) at most, and an untrained network a few times that. */
const WILD = 10;
/** Of ln(classes), what must be left at the end: what began wildly and was learnt nevertheless is fine. */
const LEFT = 0.5;

export const definition: DiagnosisDefinition = {
  id: 'learning-rate-too-high',
  label: { en: 'Learning rate too high', zh: '学习率过高' },
  help: {
    en: 'Steps are so long that they jump over what they look for: the loss jumps or grows instead of falling.',
    zh: '步子过大，越过了要找的位置：损失跳动或上升，而不是下降。',
  },
  rank: 10,
  covers: ['underfitting', 'collapse', 'dead-units', 'overfitting'],
  check({ run, epochs, readings: { probe } }) {
    const losses = curveOf(epochs, 'loss');
    const evidence = { label: { en: 'Training loss', zh: '训练损失' }, values: losses };
    const { learningRate } = run.settings;
    const remedy = {
      label: { en: 'Lower the learning rate', zh: '降低学习率' },
      change: withLowerRate,
    };
    const next = { en: 'Shorter steps let it fall steadily.', zh: '较小的步长可使其平稳下降。' };
    const code = run.error?.code ?? '';
    if (code === 'loss-not-finite' || code === 'loss-not-finite-first-epoch') {
      return {
        text: {
          en: `The loss went out of bounds in epoch ${epochs.length + 1} with a learning rate of ${learningRate}.`,
          zh: `学习率为 ${learningRate} 时，损失在第 ${epochs.length + 1} 轮越界。`,
        },
        ...{ next: { en: 'Shorter steps keep it finite.', zh: '较小的步长可使其保持有限。' }, evidence, remedy },
      };
    }
    if (losses.length < FEWEST) return null;
    const newest = losses.slice(-WINDOW);
    const jumps = newest.filter((loss, at) => at > 0 && loss > JUMP * (newest[at - 1] ?? Infinity)).length;
    const [first = NaN, last = NaN] = [losses[0], losses.at(-1)];
    const hasGrown = last > GROWTH * first;
    const constant = probe?.target.kind === 'classes' ? Math.log(probe.target.classes.length) : Infinity;
    const isWild = first > WILD * constant && last > LEFT * constant;
    if (isWild && !hasGrown) return { text: wild(first, constant, learningRate), next, evidence, remedy };
    if (!hasGrown && jumps < Math.max(2, JUMPING_SHARE * (newest.length - 1))) return null;
    const grown = {
      en: `The training loss grew from ${figure(first)} to ${figure(last)} with a learning rate of ${learningRate}.`,
      zh: `学习率为 ${learningRate} 时，训练损失从 ${figure(first)} 升至 ${figure(last)}。`,
    };
    const jumped = {
      en: `The training loss jumped up ${jumps} times in the last ${newest.length} epochs, with a learning rate of ${learningRate}.`,
      zh: `学习率为 ${learningRate} 时，训练损失在最近 ${newest.length} 轮中 ${jumps} 次跳升。`,
    };
    return {
      text: hasGrown ? grown : jumped,
      ...{ next, evidence, remedy },
    };
  },
};

function wild(first: number, constant: number, learningRate: number): Text {
  const [found, usual] = [figure(first), figure(constant)];
  return {
    en: `The first epoch's training loss was ${found}, where always the same answer costs ${usual}: with a learning rate of ${learningRate} the first steps threw the weights far off.`,
    zh: `第一轮的训练损失为 ${found}，而固定回答只需 ${usual}：学习率为 ${learningRate} 时，最初几步把权重抛得很远。`,
  };
}
