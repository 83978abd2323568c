/** Global max pooling 1D: the largest value over all steps, padding left out. */
import { defineLayer } from '../definitions';
import { globalPoolOf } from '../keras-config';
import { globalPooling, globalShape1d } from '../pooling';

export const definition = defineLayer({
  id: 'global-max-pooling1d',
  label: { en: 'Global max pooling 1D', zh: '一维全局最大池化' },
  help: {
    en: 'Gives the largest value of each feature over all steps: whether a pattern came at all. Steps that an embedding knows as padding do not count.',
    zh: '给出每个特征在所有步上的最大值：图案是否出现过。嵌入层标为填充的步不计入。',
  },
  formula: 'y[c] = max x[t, c] over the steps t that are not padding',
  glyph: 'shrink',
  group: 'pooling',
  fields: {},
  summary: () => ({ en: 'one row per sequence', zh: '每个序列一行' }),
  outputShape: (_values, input) => globalShape1d(input),
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, _values, context) => globalPooling(tf, 'max', context, globalShape1d),
  example: { input: [6, 3] },
  keras: { classNames: ['GlobalMaxPooling1D'], read: globalPoolOf },
});
