/** A straight rise to the learning rate (Goyal et al. 2017), then half a cosine down. */
import { defineSchedule } from '../definitions';
import { cosineFall, endField, warmUpField } from '../schedule-parts';

export const definition = defineSchedule({
  id: 'warm-up-cosine',
  label: { en: 'Warm-up and cosine', zh: '预热 + 余弦' },
  help: {
    en: 'Begins with small steps while everything is still random, then falls along a cosine. Steadies large networks.',
    zh: '开始时一切尚随机，先用小步长，再沿余弦下降。可使较大的网络更稳定。',
  },
  formula: 't < w: η · t / w;  then η · (e + (1 − e)(1 + cos(π(t − w) / (1 − w))) / 2)',
  fields: { warmUp: warmUpField(0.1), end: endField },
  factor({ warmUp, end }, { step, totalSteps }) {
    const rising = Math.round(warmUp * totalSteps);
    // The first step is not idle: it already has one part of the rise.
    if (step < rising) return (step + 1) / (rising + 1);
    return cosineFall(1, end, (step - rising) / Math.max(1, totalSteps - rising));
  },
});
