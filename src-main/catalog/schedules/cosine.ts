/** Half a cosine from the learning rate to its end (Loshchilov & Hutter 2017, without restarts). */
import { defineSchedule } from '../definitions';
import { cosineFall, endField } from '../schedule-parts';

export const definition = defineSchedule({
  id: 'cosine',
  label: { en: 'Cosine', zh: '余弦' },
  help: {
    en: 'Falls slowly at first, then faster, then slowly again towards the end of the run.',
    zh: '先缓慢下降，再加快，在训练结束前又放缓。',
  },
  formula: 'η · (e + (1 − e)(1 + cos πt) / 2)',
  fields: { end: endField },
  factor: ({ end }, { step, totalSteps }) => cosineFall(1, end, step / totalSteps),
});
