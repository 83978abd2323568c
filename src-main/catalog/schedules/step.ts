/** The learning rate falls at once after every so many epochs. */
import { defineSchedule } from '../definitions';
import { integer, number } from '../fields';

export const definition = defineSchedule({
  id: 'step',
  label: { en: 'Steps', zh: '阶梯' },
  help: {
    en: 'Multiplies the learning rate by a factor after every so many epochs.',
    zh: '每隔若干轮把学习率乘以一个系数。',
  },
  formula: 'η · γ^⌊epochs / every⌋',
  fields: {
    every: integer({
      label: { en: 'Every', zh: '间隔' },
      help: { en: 'Epochs between two changes.', zh: '两次改变之间的轮数。' },
      default: 5,
      minimum: 1,
      maximum: 100000,
    }),
    factor: number({
      label: { en: 'Factor', zh: '系数' },
      help: { en: 'What the learning rate is multiplied by.', zh: '学习率要乘以的数。' },
      default: 0.5,
      minimum: 1e-4,
      maximum: 1,
      scale: 'linear',
    }),
  },
  factor: ({ every, factor }, { step, stepsPerEpoch }) => factor ** Math.floor(step / stepsPerEpoch / every),
});
