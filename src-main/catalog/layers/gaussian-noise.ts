/** Additive noise (Bishop 1995, "Training with noise is equivalent to Tikhonov regularization"): no value is relied on exactly. */
import { defineLayer } from '../definitions';
import { number } from '../fields';
import { numberOf } from '../keras-config';
import { stepSeededLayer } from '../step-seeded';

export const definition = defineLayer({
  id: 'gaussian-noise',
  label: { en: 'Gaussian noise', zh: '高斯噪声' },
  help: {
    en: 'While training, adds a small random number to each input, which eases overfitting. Off when predicting.',
    zh: '训练时给每个输入加上一个小的随机数，以减轻过拟合。预测时不起作用。',
  },
  formula: 'training: y = x + σ · n, n normal with mean 0 and deviation 1; otherwise y = x',
  glyph: 'audio-waveform',
  group: 'regularization',
  fields: {
    standardDeviation: number({
      label: { en: 'Standard deviation', zh: '标准差' },
      help: { en: 'How large the added numbers are (σ).', zh: '所加数值的大小（σ）。' },
      default: 0.1,
      minimum: 0,
      maximum: 10,
      scale: 'linear',
    }),
  },
  summary: ({ standardDeviation }) => ({ en: `σ ${standardDeviation}`, zh: `σ ${standardDeviation}` }),
  outputShape: (_values, input) => input,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, { standardDeviation }, context) =>
    stepSeededLayer(tf, 'StepSeededNoise', context, (input, random) =>
      tf.add(input, tf.mul(random.normal(input.shape, context.seed), standardDeviation)),
    ),
  example: { input: [6] },
  keras: {
    classNames: ['GaussianNoise'],
    read: (config) => ({ standardDeviation: numberOf(config, 'stddev') }),
  },
});
