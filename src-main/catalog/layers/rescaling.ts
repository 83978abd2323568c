/** Rescaling: each value times a number that is set, plus another. */
import { defineLayer } from '../definitions';
import { number } from '../fields';
import { numberOf } from '../keras-config';
import { ownLayer } from '../own-layer';

export const definition = defineLayer({
  id: 'rescaling',
  label: { en: 'Rescaling', zh: '重新缩放' },
  help: {
    en: 'Multiplies each value by a fixed number and adds another, such as 0 to 1 into −1 to 1. Nothing is learnt.',
    zh: '把每个值乘以一个固定的数再加上另一个数，例如把 0 到 1 变成 −1 到 1。不学习任何内容。',
  },
  formula: 'y = scale · x + offset',
  glyph: 'ruler',
  group: 'core',
  fields: {
    scale: number({
      label: { en: 'Scale', zh: '缩放' },
      help: { en: 'What each value is multiplied by.', zh: '每个值乘以多少。' },
      default: 2,
      minimum: -1000,
      maximum: 1000,
      scale: 'linear',
    }),
    offset: number({
      label: { en: 'Offset', zh: '偏移' },
      help: { en: 'What is added afterwards.', zh: '之后再加上多少。' },
      default: -1,
      minimum: -1000,
      maximum: 1000,
      scale: 'linear',
    }),
  },
  summary: ({ scale, offset }) => ({ en: `${scale} · x + ${offset}`, zh: `${scale} · x + ${offset}` }),
  outputShape: (_values, input) => input,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, { scale, offset }, context) =>
    ownLayer(tf, context, {
      className: 'RescaledValues',
      outputShape: (input) => input,
      keepsSteps: true,
      call: (input) => tf.add(tf.mul(input, scale), offset),
    }),
  example: { input: [5] },
  keras: {
    classNames: ['Rescaling'],
    read: (config) => ({ scale: numberOf(config, 'scale'), offset: numberOf(config, 'offset') }),
  },
});
