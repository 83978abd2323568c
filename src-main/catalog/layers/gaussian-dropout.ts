/** Gaussian dropout (Srivastava et al. 2014): inputs times random numbers around 1, as noisy as dropout is. */
import { defineLayer } from '../definitions';
import { numberOf } from '../keras-config';
import { rateField } from '../layer-fields';
import { stepSeededLayer } from '../step-seeded';

export const definition = defineLayer({
  id: 'gaussian-dropout',
  label: { en: 'Gaussian dropout', zh: '高斯随机失活' },
  help: {
    en: 'While training, multiplies each input by a random number around 1: as dropout, but nothing is lost altogether. Off when predicting.',
    zh: '训练时把每个输入乘以一个在 1 附近的随机数：类似随机失活，但不会完全丢失任何值。预测时不起作用。',
  },
  formula: 'training: y = x · (1 + √(rate / (1 − rate)) · n), n normal with mean 0 and deviation 1; otherwise y = x',
  glyph: 'audio-waveform',
  group: 'regularization',
  fields: {
    rate: {
      ...rateField(0.25),
      label: { en: 'Rate', zh: '比例' },
      help: { en: 'As noisy as a dropout with this rate.', zh: '噪声强度与该比例的随机失活相当。' },
    },
  },
  summary: ({ rate }) => ({ en: `${Math.round(rate * 100)} %`, zh: `${Math.round(rate * 100)} %` }),
  outputShape: (_values, input) => input,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, { rate }, context) =>
    stepSeededLayer(tf, 'StepSeededGaussianDropout', context, (input, random) => {
      const noise = tf.mul(random.normal(input.shape, context.seed), Math.sqrt(rate / (1 - rate)));
      return tf.mul(input, tf.add(noise, 1));
    }),
  example: { input: [6] },
  keras: { classNames: ['GaussianDropout'], read: (config) => ({ rate: numberOf(config, 'rate') }) },
});
