/** Max pooling: keeps the largest value of each small window, so that pictures get smaller and details matter less. */
import { defineLayer } from '../definitions';
import { poolOf } from '../keras-config';
import { poolArguments, poolFields2d, poolShape2d, poolSummary2d } from '../pooling';

export const definition = defineLayer({
  id: 'max-pooling2d',
  label: { en: 'Max pooling 2D', zh: '二维最大池化' },
  help: {
    en: 'Keeps the largest value of each small window. The picture gets smaller, and it matters less where exactly a pattern was.',
    zh: '保留每个小窗口中的最大值。图片变小，图案的确切位置也不再那么重要。',
  },
  formula: 'y[i, j, c] = max x[i·p + u, j·p + v, c] over 0 ≤ u, v < p',
  glyph: 'minimize-2',
  group: 'pooling',
  fields: { ...poolFields2d, poolSize: { ...poolFields2d.poolSize, maximum: 16 } },
  summary: poolSummary2d,
  outputShape: poolShape2d,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, context) => tf.layers.maxPooling2d(poolArguments(values, context)),
  example: { input: [7, 6, 2] },
  keras: { classNames: ['MaxPooling2D'], read: poolOf },
});
