/** The learning rate falls a little at every step, by the same factor over each epoch. */
import { defineSchedule } from '../definitions';
import { number } from '../fields';

export const definition = defineSchedule({
  id: 'exponential',
  label: { en: 'Exponential', zh: '指数衰减' },
  help: {
    en: 'Lets the learning rate fall smoothly, by the same factor over each epoch.',
    zh: '让学习率平滑下降，每一轮下降的比例相同。',
  },
  formula: 'η · γ^epochs',
  fields: {
    factor: number({
      label: { en: 'Factor per epoch', zh: '每轮系数' },
      help: { en: 'What is left of the learning rate after one epoch.', zh: '一轮之后学习率剩下的比例。' },
      default: 0.9,
      minimum: 1e-4,
      maximum: 1,
      scale: 'linear',
    }),
  },
  factor: ({ factor }, { step, stepsPerEpoch }) => factor ** (step / stepsPerEpoch),
});
