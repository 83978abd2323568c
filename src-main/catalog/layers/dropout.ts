/** Dropout (Srivastava et al. 2014): sets random inputs to zero while training, so that no unit is relied on alone. */
import { defineLayer } from '../definitions';
import { number } from '../fields';
import { numberOf } from '../keras-config';
import { dropped, stepSeededLayer } from '../step-seeded';

export const definition = defineLayer({
  id: 'dropout',
  label: { en: 'Dropout', zh: '随机失活' },
  help: {
    en: 'While training, sets a random share of its inputs to zero, which eases overfitting. Off when predicting.',
    zh: '训练时随机把一部分输入设为零，以减轻过拟合。预测时不起作用。',
  },
  formula: 'training: y = x · mask / (1 − rate), mask ∈ {0, 1}; otherwise y = x',
  glyph: 'eraser',
  group: 'regularization',
  fields: {
    rate: number({
      label: { en: 'Rate', zh: '比例' },
      help: { en: 'The share of inputs that is set to zero at each step.', zh: '每一步中被设为零的输入所占比例。' },
      default: 0.25,
      minimum: 0,
      maximum: 0.95,
      scale: 'linear',
    }),
  },
  summary: (values) => ({ en: `${Math.round(values.rate * 100)} %`, zh: `${Math.round(values.rate * 100)} %` }),
  outputShape: (_values, input) => input,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, { rate }, context) =>
    stepSeededLayer(tf, 'StepSeededDropout', context, (input, random) =>
      dropped(tf, input, rate, random, { seed: context.seed, shape: input.shape }),
    ),
  example: { input: [6] },
  keras: { classNames: ['Dropout'], read: (config) => ({ rate: numberOf(config, 'rate') }) },
});
