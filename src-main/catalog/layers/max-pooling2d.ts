/** Max pooling: keeps the largest value of each small window, so that pictures get smaller and details matter less. */
import { defineLayer } from '../definitions';
import { integer } from '../fields';
import { expectOneOf, own, sideOf } from '../keras-config';
import { paddingField, pictureShape, windowPlaces, windowTooLarge } from '../shapes';

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
  fields: {
    poolSize: integer({
      label: { en: 'Window', zh: '窗口' },
      help: {
        en: 'Side of the square window, and how far it moves. 2 halves the size.',
        zh: '正方形窗口的边长，也是每次移动的距离。2 使尺寸减半。',
      },
      default: 2,
      minimum: 2,
      maximum: 16,
    }),
    padding: paddingField,
  },
  summary: (values) => ({
    en: `${values.poolSize} × ${values.poolSize}`,
    zh: `${values.poolSize} × ${values.poolSize}`,
  }),
  outputShape(values, input) {
    const picture = pictureShape(input);
    if ('problem' in picture) return picture;
    const height = windowPlaces(picture.height, values.poolSize, values.poolSize, values.padding);
    const width = windowPlaces(picture.width, values.poolSize, values.poolSize, values.padding);
    return height < 1 || width < 1 ? windowTooLarge(picture, values.poolSize) : [height, width, picture.channels];
  },
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, { name, inputShape }) =>
    tf.layers.maxPooling2d({
      name,
      poolSize: values.poolSize,
      strides: values.poolSize,
      padding: values.padding,
      ...(inputShape ? { inputShape: [...inputShape] } : {}),
    }),
  example: { input: [7, 6, 2] },
  keras: {
    classNames: ['MaxPooling2D'],
    read(config) {
      const poolSize = sideOf(config, 'pool_size');
      expectOneOf(config, 'strides', [poolSize]);
      expectOneOf(config, 'data_format', ['channels_last']);
      return { poolSize, padding: own(config, 'padding') === 'same' ? 'same' : 'valid' };
    },
  },
});
