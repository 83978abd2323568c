/** Depthwise convolution (Howard et al. 2017, MobileNet): a window of weights for each channel by itself. */
import { activationField, activationLabel } from '../activations';
import { defineLayer } from '../definitions';
import { activationOf, numberOf, weightsOf, windowOf } from '../keras-config';
import { depthMultiplierField, kernelSizeField, strideField } from '../layer-fields';
import { paddingField, windowShape } from '../shapes';
import { initializerField, kernelInitializer, regularizer, regularizerFields } from '../weights';

export const definition = defineLayer({
  id: 'depthwise-conv2d',
  label: { en: 'Depthwise convolution 2D', zh: '二维逐通道卷积' },
  help: {
    en: 'Looks for patterns in each channel by itself, without mixing channels: far fewer weights than a convolution.',
    zh: '在每个通道中单独寻找图案，不混合通道：权重比普通卷积少得多。',
  },
  formula: 'y[i, j, c·m + q] = activation(Σ x[i·s + u, j·s + v, c] · W[u, v, c, q] + b[c·m + q])',
  glyph: 'layers-2',
  group: 'convolution',
  fields: {
    kernelSize: kernelSizeField,
    depthMultiplier: depthMultiplierField,
    stride: strideField,
    padding: paddingField,
    activation: activationField,
    initializer: initializerField,
    ...regularizerFields,
  },
  summary: ({ kernelSize, activation }) => ({
    en: `${kernelSize} × ${kernelSize} · ${activationLabel(activation).en}`,
    zh: `${kernelSize} × ${kernelSize} · ${activationLabel(activation).zh}`,
  }),
  outputShape: (values, input) => windowShape(values, input, (input[2] ?? 0) * values.depthMultiplier),
  parameters: ({ kernelSize, depthMultiplier }, input) => ({
    trainable: (kernelSize ** 2 + 1) * (input[2] ?? 0) * depthMultiplier,
    fixed: 0,
  }),
  multiplyAdds: ({ kernelSize }, _input, [height = 0, width = 0, channels = 0]) =>
    height * width * channels * kernelSize ** 2,
  build: (tf, values, { name, seed, inputShape }) =>
    tf.layers.depthwiseConv2d({
      name,
      kernelSize: values.kernelSize,
      depthMultiplier: values.depthMultiplier,
      strides: values.stride,
      padding: values.padding,
      activation: values.activation,
      depthwiseInitializer: kernelInitializer(tf, values.initializer, seed),
      depthwiseRegularizer: regularizer(tf, values),
      ...(inputShape ? { inputShape: [...inputShape] } : {}),
    }),
  example: { input: [7, 6, 3] },
  keras: {
    classNames: ['DepthwiseConv2D'],
    read: (config) => ({
      depthMultiplier: numberOf(config, 'depth_multiplier'),
      ...windowOf(config),
      ...activationOf(config),
      ...weightsOf(config, 'depthwise'),
    }),
  },
});
