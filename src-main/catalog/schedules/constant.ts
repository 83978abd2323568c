/** The learning rate of the settings, at every step. */
import { defineSchedule } from '../definitions';

export const definition = defineSchedule({
  id: 'constant',
  label: { en: 'Constant', zh: '恒定' },
  help: { en: 'The learning rate stays as it is set.', zh: '学习率始终为设定的值。' },
  formula: 'η',
  fields: {},
  factor: () => 1,
});
