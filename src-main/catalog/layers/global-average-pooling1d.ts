/** Global average pooling 1D: the mean over all steps, padding left out. */
import { defineLayer } from '../definitions';
import { globalPoolOf } from '../keras-config';
import { globalPooling, globalShape1d } from '../pooling';

export const definition = defineLayer({
  id: 'global-average-pooling1d',
  label: { en: 'Global average pooling 1D', zh: '一维全局平均池化' },
  help: {
    en: 'Gives the mean of each feature over all steps: one row per sequence, however long. Steps that an embedding knows as padding do not count.',
    zh: '给出每个特征在所有步上的平均值：无论序列多长都得到一行。嵌入层标为填充的步不计入。',
  },
  formula: 'y[c] = mean of x[t, c] over the steps t that are not padding',
  glyph: 'sigma',
  group: 'pooling',
  fields: {},
  summary: () => ({ en: 'one row per sequence', zh: '每个序列一行' }),
  outputShape: (_values, input) => globalShape1d(input),
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, _values, context) => globalPooling(tf, 'average', context, globalShape1d),
  example: { input: [6, 3] },
  keras: { classNames: ['GlobalAveragePooling1D'], read: globalPoolOf },
});
