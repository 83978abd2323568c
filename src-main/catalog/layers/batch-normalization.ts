/** Batch normalization (Ioffe & Szegedy 2015): keeps each feature at mean 0 and deviation 1 within a batch. */
import { defineLayer } from '../definitions';
import { number } from '../fields';
import { expectOneOf, numberOf } from '../keras-config';
import { batchNormalization } from '../normalization';

export const definition = defineLayer({
  id: 'batch-normalization',
  label: { en: 'Batch normalization', zh: '批归一化' },
  help: {
    en: 'Brings each feature to mean 0 and spread 1 within the batch, then learns a scale and a shift. Training is often faster and steadier.',
    zh: '在批次内把每个特征调整为均值 0、离散度 1，再学习缩放和平移。训练通常更快、更稳定。',
  },
  formula:
    'training: y = γ · (x − mean(batch)) / √(variance(batch) + ε) + β; otherwise the moving mean and variance are used',
  glyph: 'scaling',
  group: 'regularization',
  fields: {
    momentum: number({
      label: { en: 'Momentum', zh: '动量' },
      help: {
        en: 'How slowly the moving mean and variance follow the batches. Lower it when training is short.',
        zh: '滑动均值和方差跟随批次的快慢，越大越慢。训练较短时可调低。',
      },
      default: 0.9,
      minimum: 0,
      maximum: 0.9999,
      scale: 'linear',
      advanced: true,
    }),
    epsilon: number({
      label: { en: 'Epsilon', zh: 'ε' },
      help: {
        en: 'A small number that keeps the division safe where a feature hardly varies.',
        zh: '一个很小的数，使特征几乎不变时除法仍然安全。',
      },
      default: 0.001,
      minimum: 1e-8,
      maximum: 0.1,
      scale: 'log',
      advanced: true,
    }),
  },
  summary: () => ({ en: 'per feature', zh: '按特征' }),
  outputShape: (_values, input) => input,
  parameters(_values, input) {
    const features = input[input.length - 1] ?? 0;
    return { trainable: 2 * features, fixed: 2 * features };
  },
  // One scale and shift for each value.
  multiplyAdds: (_values, input) => input.reduce((product, side) => product * side, 1),
  build: (tf, values, { name, inputShape }) =>
    batchNormalization(tf, { name, ...values, ...(inputShape ? { inputShape } : {}) }),
  example: { input: [4, 4, 3] },
  keras: {
    classNames: ['BatchNormalization', 'BatchNormalizationV1'],
    read(config) {
      // The last side: written from the end, or by its number where it is a picture's, a sequence's or a row's.
      expectOneOf(config, 'axis', [-1, 3, 2, 1]);
      expectOneOf(config, 'center', [true]);
      expectOneOf(config, 'scale', [true]);
      return { momentum: numberOf(config, 'momentum'), epsilon: numberOf(config, 'epsilon') };
    },
  },
});
