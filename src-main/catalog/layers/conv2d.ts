/** Convolution over pictures: one small window of weights, moved over the whole picture, per filter. */
import { activationField, activationLabel } from '../activations';
import { defineLayer } from '../definitions';
import { activationOf, expectOneOf, numberOf, own, sideOf, weightsOf } from '../keras-config';
import { filtersField, kernelSizeField, strideField } from '../layer-fields';
import { paddingField, windowShape } from '../shapes';
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
    filters: filtersField,
    kernelSize: kernelSizeField,
    stride: {
      ...strideField,
      help: {
        en: 'How far the window moves at a time. 2 halves the size of the picture.',
        zh: '窗口每次移动的距离。2 使图片尺寸减半。',
      },
    },
    padding: paddingField,
    activation: activationField,
    initializer: initializerField,
    ...regularizerFields,
  },
  summary: (values) => ({
    en: `${values.filters} · ${values.kernelSize} × ${values.kernelSize} · ${activationLabel(values.activation).en}`,
    zh: `${values.filters} · ${values.kernelSize} × ${values.kernelSize} · ${activationLabel(values.activation).zh}`,
  }),
  outputShape: (values, input) => windowShape(values, input, values.filters),
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
