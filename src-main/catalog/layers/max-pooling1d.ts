/** Max pooling 1D: keeps the largest value of each short stretch of steps, per feature. */
import { defineLayer } from '../definitions';
import { poolOf } from '../keras-config';
import { poolArguments, poolFields1d, poolShape1d, poolSummary1d } from '../pooling';

export const definition = defineLayer({
  id: 'max-pooling1d',
  label: { en: 'Max pooling 1D', zh: '一维最大池化' },
  help: {
    en: 'Keeps the largest value of each short stretch of steps. The sequence gets shorter, and it matters less when exactly a pattern came.',
    zh: '保留每小段步中的最大值。序列变短，图案出现的确切时刻也不再那么重要。',
  },
  formula: 'y[i, c] = max x[i·p + u, c] over 0 ≤ u < p',
  glyph: 'minimize-2',
  group: 'pooling',
  fields: poolFields1d,
  summary: poolSummary1d,
  outputShape: poolShape1d,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, context) => tf.layers.maxPooling1d(poolArguments(values, context)),
  example: { input: [7, 3] },
  keras: { classNames: ['MaxPooling1D'], read: poolOf },
});
