/** One cycle (Smith & Topin 2018): up from a fraction of the learning rate to all of it, then down to almost nothing. */
import { defineSchedule } from '../definitions';
import { number } from '../fields';
import { cosineFall, warmUpField } from '../schedule-parts';

export const definition = defineSchedule({
  id: 'one-cycle',
  label: { en: 'One cycle', zh: '单周期' },
  help: {
    en: 'Rises to the learning rate and falls far below it within the run. Allows high rates and short runs.',
    zh: '在一次训练中先升到设定的学习率，再降到很低。可使用较高的学习率，缩短训练。',
  },
  formula: 'up: η/a → η, down: η → η/(a · b), both along half a cosine',
  fields: {
    warmUp: warmUpField(0.3),
    startDivisor: number({
      label: { en: 'Start divisor', zh: '起始除数' },
      help: { en: 'The run begins at the learning rate divided by this.', zh: '训练从学习率除以该值开始。' },
      default: 25,
      minimum: 1,
      maximum: 1e6,
      scale: 'log',
      advanced: true,
    }),
    endDivisor: number({
      label: { en: 'End divisor', zh: '结束除数' },
      help: { en: 'The run ends at its first rate divided by this.', zh: '训练以起始学习率除以该值结束。' },
      default: 1e4,
      minimum: 1,
      maximum: 1e8,
      scale: 'log',
      advanced: true,
    }),
  },
  factor({ warmUp, startDivisor, endDivisor }, { step, totalSteps }) {
    const rising = Math.round(warmUp * totalSteps);
    const start = 1 / startDivisor;
    if (step < rising) return cosineFall(start, 1, step / rising);
    return cosineFall(1, start / endDivisor, (step - rising) / Math.max(1, totalSteps - rising));
  },
});
