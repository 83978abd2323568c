/** Global average pooling 2D (Lin et al. 2013, "Network in network"): the mean of each channel over the whole picture. */
import { defineLayer } from '../definitions';
import { globalPoolOf } from '../keras-config';
import { globalPooling, globalShape2d } from '../pooling';

export const definition = defineLayer({
  id: 'global-average-pooling2d',
  label: { en: 'Global average pooling 2D', zh: '二维全局平均池化' },
  help: {
    en: 'Gives the mean of each channel over the whole picture: one number per pattern, wherever it was. Takes the place of Flatten with far fewer weights after it.',
    zh: '给出每个通道在整张图片上的平均值：每种图案一个数，与位置无关。可代替“展平”，其后所需的权重少得多。',
  },
  formula: 'y[c] = mean of x[i, j, c] over all i, j',
  glyph: 'sigma',
  group: 'pooling',
  fields: {},
  summary: () => ({ en: 'one number per channel', zh: '每个通道一个数' }),
  outputShape: (_values, input) => globalShape2d(input),
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, _values, context) => globalPooling(tf, 'average', context, globalShape2d),
  example: { input: [4, 5, 3] },
  keras: { classNames: ['GlobalAveragePooling2D'], read: globalPoolOf },
});
