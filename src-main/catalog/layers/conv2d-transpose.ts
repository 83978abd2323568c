/** Transposed convolution (Zeiler et al. 2010): each pixel paints a window of weights, so that pictures grow. */
import { activationField, activationLabel } from '../activations';
import { defineLayer } from '../definitions';
import { activationOf, expectOneOf, numberOf, weightsOf, windowOf } from '../keras-config';
import { filtersField, kernelSizeField, strideField } from '../layer-fields';
import { paddingField, pictureShape } from '../shapes';
import { initializerField, kernelInitializer, regularizer, regularizerFields } from '../weights';

export const definition = defineLayer({
  id: 'conv2d-transpose',
  label: { en: 'Transposed convolution 2D', zh: '二维转置卷积' },
  help: {
    en: 'Makes pictures larger with learnt weights: each pixel paints a small window of the result. Also called deconvolution; used in decoders.',
    zh: '用学到的权重放大图片：每个像素在结果中画出一个小窗口。也叫反卷积，用于解码器。',
  },
  formula: 'y[i·s + u, j·s + v, f] += x[i, j, c] · W[u, v, f, c]; then activation(y + b)',
  glyph: 'expand',
  group: 'convolution',
  fields: {
    filters: filtersField,
    kernelSize: kernelSizeField,
    stride: {
      ...strideField,
      help: {
        en: 'How far apart the windows are painted. 2 doubles the size of the picture.',
        zh: '所画窗口之间的距离。2 使图片尺寸加倍。',
      },
      default: 2,
      advanced: false,
    },
    padding: { ...paddingField, default: 'same' as const },
    activation: activationField,
    initializer: initializerField,
    ...regularizerFields,
  },
  summary: ({ filters, stride, activation }) => ({
    en: `${filters} · ${stride} × larger · ${activationLabel(activation).en}`,
    zh: `${filters} · 放大 ${stride} 倍 · ${activationLabel(activation).zh}`,
  }),
  outputShape({ filters, kernelSize, stride, padding }, input) {
    const picture = pictureShape(input);
    if ('problem' in picture) return picture;
    const rest = padding === 'same' ? 0 : Math.max(0, kernelSize - stride);
    return [picture.height * stride + rest, picture.width * stride + rest, filters];
  },
  parameters: ({ filters, kernelSize }, input) => ({
    trainable: (kernelSize ** 2 * (input[2] ?? 0) + 1) * filters,
    fixed: 0,
  }),
  multiplyAdds: ({ filters, kernelSize }, [height = 0, width = 0, channels = 0]) =>
    height * width * channels * kernelSize ** 2 * filters,
  build: (tf, values, { name, seed, inputShape }) =>
    tf.layers.conv2dTranspose({
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
  example: { input: [4, 3, 2] },
  keras: {
    classNames: ['Conv2DTranspose'],
    read(config) {
      expectOneOf(config, 'output_padding', []);
      return {
        filters: numberOf(config, 'filters'),
        ...windowOf(config),
        ...activationOf(config),
        ...weightsOf(config),
      };
    },
  },
});
