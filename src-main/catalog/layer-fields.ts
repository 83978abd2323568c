/** Fields that several layers share: how many filters, how far a window moves, the small number of a normalization. */
import { integer, number } from './fields';

export const filtersField = integer({
  label: { en: 'Filters', zh: '滤波器数' },
  help: { en: 'How many patterns the layer looks for.', zh: '该层寻找多少种图案。' },
  default: 32,
  minimum: 1,
  maximum: 2048,
});

export const kernelSizeField = integer({
  label: { en: 'Window', zh: '窗口' },
  help: { en: 'Side of the square window, in pixels.', zh: '正方形窗口的边长（像素）。' },
  default: 3,
  minimum: 1,
  maximum: 31,
});

export const strideField = integer({
  label: { en: 'Stride', zh: '步幅' },
  help: {
    en: 'How far the window moves at a time. 2 halves the size.',
    zh: '窗口每次移动的距离。2 使尺寸减半。',
  },
  default: 1,
  minimum: 1,
  maximum: 16,
  advanced: true,
});

export const depthMultiplierField = integer({
  label: { en: 'Filters per channel', zh: '每通道滤波器数' },
  help: {
    en: 'How many patterns are looked for in each channel (depth multiplier).',
    zh: '在每个通道中寻找多少种图案（深度乘数）。',
  },
  default: 1,
  minimum: 1,
  maximum: 64,
});

export const epsilonField = number({
  label: { en: 'Epsilon', zh: 'ε' },
  help: {
    en: 'A small number that keeps the division safe where values hardly vary.',
    zh: '一个很小的数，使数值几乎不变时除法仍然安全。',
  },
  default: 0.001,
  minimum: 1e-8,
  maximum: 0.1,
  scale: 'log',
  advanced: true,
});

export const rateField = (rate: number) =>
  number({
    label: { en: 'Dropout', zh: '随机失活' },
    help: {
      en: 'The share of values that is set to zero at each training step, which eases overfitting.',
      zh: '每个训练步中被设为零的数值比例，可减轻过拟合。',
    },
    default: rate,
    minimum: 0,
    maximum: 0.95,
    scale: 'linear',
  });
