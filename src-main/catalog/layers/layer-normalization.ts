/** Layer normalization (Ba et al. 2016): each place of each example by itself, the same in training and prediction. */
import { defineLayer } from '../definitions';
import { expectOneOf, numberOf } from '../keras-config';
import { epsilonField } from '../layer-fields';
import { ownLayer } from '../own-layer';
import { layerNormalized } from '../standardized';

export const definition = defineLayer({
  id: 'layer-normalization',
  label: { en: 'Layer normalization', zh: '层归一化' },
  help: {
    en: 'Brings the values of each step or pixel to mean 0 and spread 1 among themselves, then learns a scale and a shift. Does not depend on the batch; usual in transformers and recurrent networks.',
    zh: '把每一步或每个像素的各个值调整为均值 0、离散度 1，再学习缩放和平移。与批次无关，常用于 Transformer 和循环网络。',
  },
  formula: 'y = γ · (x − mean(x)) / √(variance(x) + ε) + β, over the last side',
  glyph: 'align-vertical-distribute-center',
  group: 'regularization',
  fields: { epsilon: epsilonField },
  summary: () => ({ en: 'per example', zh: '按样本' }),
  outputShape: (_values, input) => input,
  parameters: (_values, input) => ({ trainable: 2 * (input.at(-1) ?? 0), fixed: 0 }),
  build: (tf, { epsilon }, context) =>
    ownLayer(tf, context, {
      className: 'LayerNormalizationOfOurs',
      outputShape: (input) => input,
      weights: (input) => ({
        gamma: { shape: [input.at(-1) ?? 0], initializer: tf.initializers.ones() },
        beta: { shape: [input.at(-1) ?? 0], initializer: tf.initializers.zeros() },
      }),
      keepsSteps: true,
      call: (input, { weights }) => layerNormalized(tf, input, weights, epsilon),
    }),
  example: { input: [5, 6] },
  keras: {
    classNames: ['LayerNormalization'],
    read(config) {
      expectOneOf(config, 'axis', [-1]);
      expectOneOf(config, 'center', [true]);
      expectOneOf(config, 'scale', [true]);
      expectOneOf(config, 'rms_scaling', [false]);
      return { epsilon: numberOf(config, 'epsilon') };
    },
  },
});
