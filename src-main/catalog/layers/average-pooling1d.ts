/** Average pooling 1D: the mean of each short stretch of steps, per feature. */
import { defineLayer } from '../definitions';
import { poolOf } from '../keras-config';
import { poolArguments, poolFields1d, poolShape1d, poolSummary1d } from '../pooling';

export const definition = defineLayer({
  id: 'average-pooling1d',
  label: { en: 'Average pooling 1D', zh: '一维平均池化' },
  help: {
    en: 'Takes the mean of each short stretch of steps. The sequence gets shorter and smoother.',
    zh: '取每小段步的平均值。序列变短、变平滑。',
  },
  formula: 'y[i, c] = mean of x[i·p + u, c] over 0 ≤ u < p',
  glyph: 'chart-no-axes-column-decreasing',
  group: 'pooling',
  fields: poolFields1d,
  summary: poolSummary1d,
  outputShape: poolShape1d,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, context) => tf.layers.averagePooling1d(poolArguments(values, context)),
  example: { input: [7, 3] },
  keras: { classNames: ['AveragePooling1D'], read: poolOf },
});
