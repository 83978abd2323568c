/** Separable convolution (Chollet 2017, Xception): windows per channel, then a mix of channels at each pixel. */
import { activationField, activationLabel } from '../activations';
import { defineLayer } from '../definitions';
import { KerasMismatch, activationOf, numberOf, regularizersOf, weightsOf, windowOf } from '../keras-config';
import { depthMultiplierField, filtersField, kernelSizeField, strideField } from '../layer-fields';
import { seedFrom } from '../random';
import { paddingField, windowShape } from '../shapes';
import { initializerField, kernelInitializer, regularizer, regularizerFields } from '../weights';

export const definition = defineLayer({
  id: 'separable-conv2d',
  label: { en: 'Separable convolution 2D', zh: '二维可分离卷积' },
  help: {
    en: 'A convolution in two cheaper halves: patterns in each channel by itself, then a mix of the channels at each pixel.',
    zh: '把卷积分成两个更省的部分：先在每个通道中单独寻找图案，再在每个像素处混合各通道。',
  },
  formula: 'y = activation(pointwise(depthwise(x)) + b), depthwise with W₁[u, v, c, m], pointwise with W₂[c·m, f]',
  glyph: 'layers',
  group: 'convolution',
  fields: {
    filters: filtersField,
    kernelSize: kernelSizeField,
    depthMultiplier: { ...depthMultiplierField, advanced: true },
    stride: strideField,
    padding: paddingField,
    activation: activationField,
    initializer: initializerField,
    ...regularizerFields,
  },
  summary: ({ filters, kernelSize, activation }) => ({
    en: `${filters} · ${kernelSize} × ${kernelSize} · ${activationLabel(activation).en}`,
    zh: `${filters} · ${kernelSize} × ${kernelSize} · ${activationLabel(activation).zh}`,
  }),
  outputShape: (values, input) => windowShape(values, input, values.filters),
  parameters({ filters, kernelSize, depthMultiplier }, input) {
    const channels = (input[2] ?? 0) * depthMultiplier;
    return { trainable: channels * (kernelSize ** 2 + filters) + filters, fixed: 0 };
  },
  multiplyAdds({ filters, kernelSize, depthMultiplier }, input, [height = 0, width = 0]) {
    return height * width * (input[2] ?? 0) * depthMultiplier * (kernelSize ** 2 + filters);
  },
  build: (tf, values, { name, seed, inputShape }) =>
    tf.layers.separableConv2d({
      name,
      filters: values.filters,
      kernelSize: values.kernelSize,
      depthMultiplier: values.depthMultiplier,
      strides: values.stride,
      padding: values.padding,
      activation: values.activation,
      depthwiseInitializer: kernelInitializer(tf, values.initializer, seed),
      pointwiseInitializer: kernelInitializer(tf, values.initializer, seedFrom(seed, 1)),
      depthwiseRegularizer: regularizer(tf, values),
      pointwiseRegularizer: regularizer(tf, values),
      ...(inputShape ? { inputShape: [...inputShape] } : {}),
    }),
  example: { input: [7, 6, 2] },
  keras: {
    classNames: ['SeparableConv2D'],
    read(config) {
      const [depthwise, pointwise] = [regularizersOf(config, 'depthwise'), regularizersOf(config, 'pointwise')];
      // The same penalty is laid on both here.
      if (JSON.stringify(depthwise) !== JSON.stringify(pointwise)) {
        throw new KerasMismatch('depthwise_regularizer and pointwise_regularizer differ');
      }
      return {
        filters: numberOf(config, 'filters'),
        depthMultiplier: numberOf(config, 'depth_multiplier'),
        ...windowOf(config),
        ...activationOf(config),
        ...weightsOf(config, 'depthwise'),
      };
    },
  },
});
