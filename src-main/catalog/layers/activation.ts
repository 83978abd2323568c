/** Activation: one function applied to each value, as a layer of its own (after batch normalization, for instance). */
import { activationField, activationLabel } from '../activations';
import { defineLayer } from '../definitions';
import { activationOf, expectOneOf } from '../keras-config';
import { keepingPresent } from '../padding-steps';

export const definition = defineLayer({
  id: 'activation',
  label: { en: 'Activation', zh: '激活' },
  help: {
    en: 'Applies one bending function to each value. Useful after batch normalization; other layers have it built in.',
    zh: '对每个值应用一个弯曲函数。适合放在批归一化之后；其他层已自带激活函数。',
  },
  formula: 'y = activation(x)',
  glyph: 'spline',
  group: 'core',
  fields: { activation: activationField },
  summary: (values) => activationLabel(values.activation),
  outputShape: (_values, input) => input,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, { name, inputShape }) =>
    keepingPresent(
      tf.layers.activation({
        name,
        activation: values.activation,
        ...(inputShape ? { inputShape: [...inputShape] } : {}),
      }),
    ),
  example: { input: [5] },
  keras: {
    classNames: ['Activation', 'ReLU', 'ELU'],
    read(config, className) {
      if (className === 'Activation') return activationOf(config);
      expectOneOf(config, 'max_value', []);
      expectOneOf(config, 'negative_slope', [0]);
      expectOneOf(config, 'threshold', [0]);
      expectOneOf(config, 'alpha', [1]);
      return { activation: className.toLowerCase() };
    },
  },
});
