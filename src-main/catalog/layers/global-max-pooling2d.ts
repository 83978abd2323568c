/** Global max pooling 2D: the largest value of each channel over the whole picture. */
import { defineLayer } from '../definitions';
import { globalPoolOf } from '../keras-config';
import { globalPooling, globalShape2d } from '../pooling';

export const definition = defineLayer({
  id: 'global-max-pooling2d',
  label: { en: 'Global max pooling 2D', zh: '二维全局最大池化' },
  help: {
    en: 'Gives the largest value of each channel over the whole picture: whether a pattern is there at all.',
    zh: '给出每个通道在整张图片上的最大值：图案是否出现过。',
  },
  formula: 'y[c] = max x[i, j, c] over all i, j',
  glyph: 'shrink',
  group: 'pooling',
  fields: {},
  summary: () => ({ en: 'one number per channel', zh: '每个通道一个数' }),
  outputShape: (_values, input) => globalShape2d(input),
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, _values, context) => globalPooling(tf, 'max', context, globalShape2d),
  example: { input: [4, 5, 3] },
  keras: { classNames: ['GlobalMaxPooling2D'], read: globalPoolOf },
});
