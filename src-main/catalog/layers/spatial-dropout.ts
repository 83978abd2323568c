/** Spatial dropout (Tompson et al. 2015): sets whole channels to zero, as neighbouring pixels say much the same. */
import { defineLayer } from '../definitions';
import { number } from '../fields';
import { numberOf } from '../keras-config';
import { dropped, stepSeededLayer } from '../step-seeded';

export const definition = defineLayer({
  id: 'spatial-dropout',
  label: { en: 'Spatial dropout', zh: '空间随机失活' },
  help: {
    en: 'While training, sets a random share of whole channels to zero: after convolutions, better than single pixels. Off when predicting.',
    zh: '训练时随机把一部分整个通道设为零：在卷积之后比逐像素失活更有效。预测时不起作用。',
  },
  formula: 'training: y = x · mask / (1 − rate), mask ∈ {0, 1} per channel; otherwise y = x',
  glyph: 'eraser',
  group: 'regularization',
  fields: {
    rate: number({
      label: { en: 'Rate', zh: '比例' },
      help: { en: 'The share of channels that is set to zero at each step.', zh: '每一步中被设为零的通道所占比例。' },
      default: 0.25,
      minimum: 0,
      maximum: 0.95,
      scale: 'linear',
    }),
  },
  summary: (values) => ({ en: `${Math.round(values.rate * 100)} %`, zh: `${Math.round(values.rate * 100)} %` }),
  outputShape: (_values, input) =>
    input.length > 1
      ? input
      : {
          problem: {
            en: `This layer needs rows of channels, such as height × width × channels, but gets ${input.join(' × ')}. Dropout is the layer for single numbers.`,
            zh: `该层需要按通道排列的输入（如 高 × 宽 × 通道），但得到 ${input.join(' × ')}。对单个数字请使用“随机失活”。`,
          },
        },
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, { rate }, context) =>
    stepSeededLayer(tf, 'StepSeededSpatialDropout', context, (input, random) => {
      const shape = input.shape.map((side, axis) => (axis === 0 || axis === input.rank - 1 ? side : 1));
      return dropped(tf, input, rate, random, { seed: context.seed, shape });
    }),
  example: { input: [4, 4, 3] },
  keras: {
    classNames: ['SpatialDropout1D', 'SpatialDropout2D'],
    read: (config) => ({ rate: numberOf(config, 'rate') }),
  },
});
