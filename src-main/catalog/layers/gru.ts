/** GRU (Cho et al. 2014), the variant of cuDNN, PyTorch and Keras: its reset gate acts after the product ("reset after"). */
import { defineLayer } from '../definitions';
import { expectOneOf, recurrentOf } from '../keras-config';
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
  id: 'gru',
  label: { en: 'GRU', zh: 'GRU' },
  help: {
    en: 'Reads a sequence step by step, and decides at each how much of what it remembers to replace. Smaller and faster than an LSTM.',
    zh: '逐步读取序列，每一步决定替换多少已记住的内容。比 LSTM 更小、更快。',
  },
  formula:
    'z, r = σ(x · W + b + h · U + b′); n = tanh(x · Wₙ + bₙ + r · (h · Uₙ + b′ₙ)); h = z · h + (1 − z) · n, from h = 0, step by step',
  glyph: 'repeat-2',
  group: 'recurrent',
  fields: { ...recurrentFields, ...recurrentWeightFields },
  summary: recurrentSummary,
  outputShape: recurrentShape,
  parameters: (values, input) => recurrentParameters('gru', values.units, input),
  multiplyAdds: (values, input) => recurrentMultiplyAdds('gru', values.units, input),
  build: (tf, values, context) => recurrentLayer(tf, { ...values, kind: 'gru' }, context),
  example: { input: [5, 3] },
  keras: {
    classNames: ['GRU'],
    read(config) {
      expectOneOf(config, 'activation', ['tanh']);
      expectOneOf(config, 'reset_after', [true]);
      return recurrentOf(config);
    },
  },
});
