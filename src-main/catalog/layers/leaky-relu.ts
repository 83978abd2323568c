/** Leaky ReLU (Maas et al. 2013): a ReLU that lets a little of what is below zero through. */
import { defineLayer } from '../definitions';
import { number } from '../fields';
import { numberOf, own } from '../keras-config';
import { ownLayer } from '../own-layer';

export const definition = defineLayer({
  id: 'leaky-relu',
  label: { en: 'Leaky ReLU', zh: 'Leaky ReLU' },
  help: {
    en: 'Keeps what is above zero and a small share of what is below, so that no unit stops learning.',
    zh: '保留大于零的部分以及小于零部分的一小份，使任何单元都不会停止学习。',
  },
  formula: 'y = max(0, x) + α · min(0, x)',
  glyph: 'trending-up',
  group: 'core',
  fields: {
    alpha: number({
      label: { en: 'Slope below zero', zh: '零以下的斜率' },
      help: { en: 'What negative values are multiplied by (α).', zh: '负值乘以多少（α）。' },
      default: 0.2,
      minimum: 0,
      maximum: 1,
      scale: 'linear',
    }),
  },
  summary: ({ alpha }) => ({ en: `α ${alpha}`, zh: `α ${alpha}` }),
  outputShape: (_values, input) => input,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, { alpha }, context) =>
    ownLayer(tf, context, {
      className: 'LeakyReluOfOurs',
      outputShape: (input) => input,
      keepsSteps: true,
      call: (input) => tf.sub(tf.relu(input), tf.mul(tf.relu(tf.neg(input)), alpha)),
    }),
  example: { input: [6] },
  keras: {
    classNames: ['LeakyReLU'],
    // Keras 3 calls it by its own name.
    read: (config) => ({ alpha: numberOf(config, own(config, 'alpha') === undefined ? 'negative_slope' : 'alpha') }),
  },
});
