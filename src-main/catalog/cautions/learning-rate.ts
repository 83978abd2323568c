/** A learning rate far from what its optimizer is used with. */
import type { CautionDefinition } from '../caution-definitions';
import { optimizers } from '../index';

/** Around the optimizer's default: smaller ones only cost time, larger ones soon break training. */
const LOWEST = 1 / 100;
const HIGHEST = 10;

export const definition: CautionDefinition = {
  id: 'learning-rate',
  label: { en: 'Unusual learning rate', zh: '不常用的学习率' },
  help: {
    en: 'Every optimizer has a range of learning rates in which it usually works.',
    zh: '每种优化器都有通常有效的学习率范围。',
  },
  rank: 40,
  check({ settings }) {
    const { learningRate, optimizer } = settings;
    const { defaultLearningRate: usual, label } = optimizers.get(optimizer.type);
    const [low, high] = [usual * LOWEST, usual * HIGHEST];
    // Ten times a default is not always ten times it in floating point.
    const isHigh = learningRate > high * (1 + 1e-9);
    if (!isHigh && learningRate >= low * (1 - 1e-9)) return null;
    const [from, to] = [Number(low.toPrecision(3)), Number(high.toPrecision(3))];
    return {
      text: {
        en: `A learning rate of ${learningRate} is ${isHigh ? 'above' : 'below'} what is usual for ${label.en} (${from} to ${to}).`,
        zh: `学习率 ${learningRate} ${isHigh ? '高于' : '低于'} ${label.zh} 的常用范围（${from} 至 ${to}）。`,
      },
      next: isHigh
        ? { en: 'The loss may jump or grow. A smaller one is surer.', zh: '损失可能跳动或上升。较小的学习率更稳妥。' }
        : {
            en: 'The loss may hardly fall. A larger one learns sooner.',
            zh: '损失可能几乎不下降。较大的学习率学得更快。',
          },
      repair: {
        label: { en: `Set the learning rate to ${usual}`, zh: `把学习率设为 ${usual}` },
        settings: { ...settings, learningRate: usual },
      },
    };
  },
};
