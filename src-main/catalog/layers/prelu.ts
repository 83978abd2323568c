/** PReLU (He et al. 2015): a ReLU whose slope below zero is learnt, one per channel. */
import { defineLayer } from '../definitions';
import { KerasMismatch, own } from '../keras-config';
import { ownLayer } from '../own-layer';

export const definition = defineLayer({
  id: 'prelu',
  label: { en: 'PReLU', zh: 'PReLU' },
  help: {
    en: 'Keeps what is above zero and multiplies what is below by a slope that it learns for each channel (parametric ReLU).',
    zh: '保留大于零的部分，小于零的部分乘以每个通道各自学到的斜率（参数化 ReLU）。',
  },
  formula: 'y = max(0, x) + α[c] · min(0, x)',
  glyph: 'trending-up',
  group: 'core',
  fields: {},
  summary: () => ({ en: 'slope per channel', zh: '每通道一个斜率' }),
  outputShape: (_values, input) => input,
  parameters: (_values, input) => ({ trainable: input.at(-1) ?? 0, fixed: 0 }),
  build: (tf, _values, context) =>
    ownLayer(tf, context, {
      className: 'ParametricRelu',
      outputShape: (input) => input,
      weights: (input) => ({
        alpha: { shape: [input.at(-1) ?? 0], initializer: tf.initializers.constant({ value: 0.25 }) },
      }),
      keepsSteps: true,
      call: (input, { weights }) => tf.sub(tf.relu(input), tf.mul(weights.alpha, tf.relu(tf.neg(input)))),
    }),
  example: { input: [6] },
  keras: {
    classNames: ['PReLU'],
    read(config) {
      // One slope for each channel, wherever it stands.
      const shared = JSON.stringify(own(config, 'shared_axes') ?? null);
      if (!['[1]', '[1,2]'].includes(shared)) {
        throw new KerasMismatch(`shared_axes is ${shared}; known is one slope per channel, [1] or [1,2]`);
      }
      return {};
    },
  },
});
