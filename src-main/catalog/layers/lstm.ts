/** LSTM (Hochreiter & Schmidhuber 1997, with forget gates: Gers et al. 2000): reads a sequence and keeps a memory of it. */
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
  id: 'lstm',
  label: { en: 'LSTM', zh: 'LSTM' },
  help: {
    en: 'Reads a sequence step by step and keeps a memory, which gates open, clear and show. Remembers over many steps.',
    zh: '逐步读取序列并保持记忆，由门控制写入、遗忘和输出。能跨越许多步记住内容。',
  },
  formula:
    '(i, f, g, o) = (σ, σ, tanh, σ)(x · W + h · U + b); c = f · c + i · g; h = o · tanh(c), from h = c = 0, step by step',
  glyph: 'brain-circuit',
  group: 'recurrent',
  fields: { ...recurrentFields, ...recurrentWeightFields },
  summary: recurrentSummary,
  outputShape: recurrentShape,
  parameters: (values, input) => recurrentParameters('lstm', values.units, input),
  multiplyAdds: (values, input) => recurrentMultiplyAdds('lstm', values.units, input),
  build: (tf, values, context) => recurrentLayer(tf, { ...values, kind: 'lstm' }, context),
  example: { input: [5, 3] },
  keras: {
    classNames: ['LSTM'],
    read(config) {
      expectOneOf(config, 'activation', ['tanh']);
      return recurrentOf(config);
    },
  },
});
