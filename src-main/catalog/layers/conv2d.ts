/** Convolution over pictures: one small window of weights, moved over the whole picture, per filter. */
import { activationField, activationLabel } from '../activations';
import { defineLayer } from '../definitions';
import { integer } from '../fields';
import { activationOf, expectOneOf, numberOf, own, sideOf, weightsOf } from '../keras-config';
import { paddingField, pictureShape, windowPlaces, windowTooLarge } from '../shapes';
import { initializerField, kernelInitializer, regularizer, regularizerFields } from '../weights';

export const definition = defineLayer({
  id: 'conv2d',
  label: { en: 'Convolution 2D', zh: '二维卷积' },
  help: {
    en: 'Looks for small patterns, such as edges, everywhere in a picture. Each filter learns one pattern.',
    zh: '在图片各处寻找小图案，例如边缘。每个滤波器学习一种图案。',
  },
  formula: 'y[i, j, f] = activation(Σ x[i·s + u, j·s + v, c] · W[u, v, c, f] + b[f])',
  glyph: 'scan',
  group: 'convolution',
  fields: {
    filters: integer({
      label: { en: 'Filters', zh: '滤波器数' },
      help: { en: 'How many patterns the layer looks for.', zh: '该层寻找多少种图案。' },
      default: 32,
      minimum: 1,
      maximum: 2048,
    }),
    kernelSize: integer({
      label: { en: 'Window', zh: '窗口' },
      help: { en: 'Side of the square window, in pixels.', zh: '正方形窗口的边长（像素）。' },
      default: 3,
      minimum: 1,
      maximum: 31,
    }),
    stride: integer({
      label: { en: 'Stride', zh: '步幅' },
      help: {
        en: 'How far the window moves at a time. 2 halves the size of the picture.',
        zh: '窗口每次移动的距离。2 使图片尺寸减半。',
      },
      default: 1,
      minimum: 1,
      maximum: 16,
      advanced: true,
    }),
    padding: paddingField,
    activation: activationField,
    initializer: initializerField,
    ...regularizerFields,
  },
  summary: (values) => ({
    en: `${values.filters} · ${values.kernelSize} × ${values.kernelSize} · ${activationLabel(values.activation).en}`,
    zh: `${values.filters} · ${values.kernelSize} × ${values.kernelSize} · ${activationLabel(values.activation).zh}`,
  }),
  outputShape(values, input) {
    const picture = pictureShape(input);
    if ('problem' in picture) return picture;
    const height = windowPlaces(picture.height, values.kernelSize, values.stride, values.padding);
    const width = windowPlaces(picture.width, values.kernelSize, values.stride, values.padding);
    return height < 1 || width < 1 ? windowTooLarge(picture, values.kernelSize) : [height, width, values.filters];
  },
  parameters: (values, input) => ({
    trainable: (values.kernelSize ** 2 * (input[2] ?? 0) + 1) * values.filters,
    fixed: 0,
  }),
  multiplyAdds: (values, input, [height = 0, width = 0]) =>
    height * width * values.filters * values.kernelSize ** 2 * (input[2] ?? 0),
  build: (tf, values, { name, seed, inputShape }) =>
    tf.layers.conv2d({
      name,
      filters: values.filters,
      kernelSize: values.kernelSize,
      strides: values.stride,
      padding: values.padding,
      activation: values.activation,
      kernelInitializer: kernelInitializer(tf, values.initializer, seed),
      kernelRegularizer: regularizer(tf, values),
      ...(inputShape ? { inputShape: [...inputShape] } : {}),
    }),
  example: { input: [7, 6, 2] },
  keras: {
    classNames: ['Conv2D', 'Convolution2D'],
    read(config) {
      expectOneOf(config, 'dilation_rate', [1]);
      expectOneOf(config, 'groups', [1]);
      expectOneOf(config, 'data_format', ['channels_last']);
      return {
        filters: numberOf(config, 'filters'),
        kernelSize: sideOf(config, 'kernel_size'),
        stride: sideOf(config, 'strides'),
        padding: own(config, 'padding') === 'same' ? 'same' : 'valid',
        ...activationOf(config),
        ...weightsOf(config),
      };
    },
  },
});
