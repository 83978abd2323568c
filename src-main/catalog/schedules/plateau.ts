/** The learning rate falls when the watched loss has not fallen for some epochs, as Keras's ReduceLROnPlateau. */
import { defineSchedule } from '../definitions';
import { integer, number } from '../fields';

export const definition = defineSchedule({
  id: 'plateau',
  label: { en: 'Reduce on plateau', zh: '停滞时降低' },
  help: {
    en: 'Lowers the learning rate when the validation loss has not become better for some epochs.',
    zh: '验证损失若干轮没有改善时降低学习率。',
  },
  formula: 'η · γ^reductions, at least η · e',
  fields: {
    patience: integer({
      label: { en: 'Patience', zh: '耐心' },
      help: {
        en: 'Epochs without a better loss before the learning rate falls; fewer than those of early stopping.',
        zh: '学习率降低前允许没有改善的轮数；应少于提前停止的耐心。',
      },
      default: 2,
      minimum: 1,
      maximum: 10000,
    }),
    factor: number({
      label: { en: 'Factor', zh: '系数' },
      help: { en: 'What the learning rate is multiplied by.', zh: '学习率要乘以的数。' },
      default: 0.5,
      minimum: 1e-4,
      maximum: 1,
      scale: 'linear',
    }),
    least: number({
      label: { en: 'Least share', zh: '最低比例' },
      help: {
        en: 'The learning rate never falls below this share of its start.',
        zh: '学习率不低于起始值的这一比例。',
      },
      default: 0.001,
      minimum: 0,
      maximum: 1,
      scale: 'log',
      advanced: true,
    }),
  },
  factor: ({ factor, least }, { memory }) => Math.max(least, factor ** (memory['reductions'] ?? 0)),
  afterEpoch({ patience }, memory, loss) {
    const { lowest = Infinity, waited = 0, reductions = 0 } = memory;
    if (loss < lowest) return { lowest: loss, waited: 0, reductions };
    if (waited + 1 < patience) return { lowest, waited: waited + 1, reductions };
    return { lowest, waited: 0, reductions: reductions + 1 };
  },
});
