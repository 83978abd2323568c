/** The simple recurrent layer (Elman 1990): its output is one more input of its next step. */
import { defineLayer } from '../definitions';
import { choice } from '../fields';
import { activationOf, recurrentOf } from '../keras-config';
import {
  recurrentFields,
  recurrentLayer,
  recurrentMultiplyAdds,
  recurrentParameters,
  recurrentShape,
  recurrentSummary,
  recurrentWeightFields,
} from '../recurrent';

export const definition = defineLayer({
  id: 'simple-rnn',
  label: { en: 'Simple recurrent', zh: '简单循环' },
  help: {
    en: 'Reads a sequence step by step, with its last output as one more input. Forgets after a few steps; LSTM and GRU remember longer.',
    zh: '逐步读取序列，把上一步的输出作为额外输入。几步后就会遗忘；LSTM 和 GRU 记得更久。',
  },
  formula: 'h = activation(x · W + h · U + b), from h = 0, step by step',
  glyph: 'refresh-cw',
  group: 'recurrent',
  fields: {
    ...recurrentFields,
    activation: choice<'tanh' | 'relu'>({
      label: { en: 'Activation', zh: '激活函数' },
      help: {
        en: 'Bends the sum at each step. Tanh keeps it between −1 and 1, ReLU keeps what is above zero.',
        zh: '在每一步弯曲总和。Tanh 使其保持在 −1 到 1 之间，ReLU 只保留大于零的部分。',
      },
      default: 'tanh',
      options: [
        { value: 'tanh', label: { en: 'Tanh', zh: 'Tanh' } },
        { value: 'relu', label: { en: 'ReLU', zh: 'ReLU' } },
      ],
    }),
    ...recurrentWeightFields,
  },
  summary: recurrentSummary,
  outputShape: recurrentShape,
  parameters: (values, input) => recurrentParameters(values.activation, values.units, input),
  multiplyAdds: (values, input) => recurrentMultiplyAdds(values.activation, values.units, input),
  build: (tf, values, context) => recurrentLayer(tf, { ...values, kind: values.activation }, context),
  example: { input: [5, 3] },
  keras: {
    classNames: ['SimpleRNN'],
    read: (config) => ({ ...recurrentOf(config), ...activationOf(config) }),
  },
});
