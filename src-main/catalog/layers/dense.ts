/** Dense: every output is a weighted sum of every input. The exemplar for a layer definition. */
import { activationField, activationLabel } from '../activations';
import { defineLayer } from '../definitions';
import { integer } from '../fields';
import { activationOf, numberOf, weightsOf } from '../keras-config';
import { initializerField, kernelInitializer, regularizer, regularizerFields } from '../weights';

export const definition = defineLayer({
  id: 'dense',
  label: { en: 'Dense', zh: '全连接' },
  help: {
    en: 'Each unit adds up all its inputs, each times a weight that is learnt, plus a bias.',
    zh: '每个单元把所有输入分别乘以学到的权重后相加，再加上偏置。',
  },
  formula: 'y = activation(x · W + b)',
  glyph: 'network',
  group: 'core',
  fields: {
    units: integer({
      label: { en: 'Units', zh: '单元数' },
      help: {
        en: 'How many outputs the layer has. More can learn more, and take longer.',
        zh: '该层的输出个数。越多能学到的越多，也越慢。',
      },
      default: 64,
      minimum: 1,
      maximum: 65536,
    }),
    activation: activationField,
    initializer: initializerField,
    ...regularizerFields,
  },
  summary: (values) => ({
    en: `${values.units} · ${activationLabel(values.activation).en}`,
    zh: `${values.units} · ${activationLabel(values.activation).zh}`,
  }),
  outputShape(values, input) {
    if (input.length === 1) return [values.units];
    return {
      problem: {
        en: `Dense needs one row of numbers per example, but gets the shape ${input.join(' × ')}.`,
        zh: `全连接层要求每个样本是一行数，但得到的形状是 ${input.join(' × ')}。`,
      },
      repair: { label: { en: 'Put Flatten before it', zh: '在它前面加“展平”' }, insertBefore: 'flatten' },
    };
  },
  parameters: (values, input) => ({ trainable: ((input[0] ?? 0) + 1) * values.units, fixed: 0 }),
  multiplyAdds: (values, input) => (input[0] ?? 0) * values.units,
  build: (tf, values, { name, seed, inputShape }) =>
    tf.layers.dense({
      name,
      units: values.units,
      // tfjs's type for activation is a closed list of its own names, which are the catalog's.
      activation: values.activation,
      kernelInitializer: kernelInitializer(tf, values.initializer, seed),
      kernelRegularizer: regularizer(tf, values),
      ...(inputShape ? { inputShape: [...inputShape] } : {}),
    }),
  example: { input: [5] },
  keras: {
    classNames: ['Dense'],
    read: (config) => ({ units: numberOf(config, 'units'), ...activationOf(config), ...weightsOf(config) }),
  },
});
