/** Average pooling (LeCun et al. 1989): the mean of each small window, so that pictures get smaller and smoother. */
import { defineLayer } from '../definitions';
import { poolOf } from '../keras-config';
import { poolArguments, poolFields2d, poolShape2d, poolSummary2d } from '../pooling';

export const definition = defineLayer({
  id: 'average-pooling2d',
  label: { en: 'Average pooling 2D', zh: '二维平均池化' },
  help: {
    en: 'Takes the mean of each small window. The picture gets smaller and smoother; max pooling keeps sharp details better.',
    zh: '取每个小窗口的平均值。图片变小、变平滑；最大池化更能保留鲜明的细节。',
  },
  formula: 'y[i, j, c] = mean of x[i·p + u, j·p + v, c] over 0 ≤ u, v < p',
  glyph: 'chart-no-axes-column-decreasing',
  group: 'pooling',
  fields: poolFields2d,
  summary: poolSummary2d,
  outputShape: poolShape2d,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, context) => tf.layers.averagePooling2d(poolArguments(values, context)),
  example: { input: [7, 6, 2] },
  keras: { classNames: ['AveragePooling2D'], read: poolOf },
});
