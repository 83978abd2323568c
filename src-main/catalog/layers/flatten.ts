/** Flatten: the values of a picture as one row. */
import { defineLayer } from '../definitions';
import { expectOneOf } from '../keras-config';

export const definition = defineLayer({
  id: 'flatten',
  label: { en: 'Flatten', zh: '展平' },
  help: {
    en: 'Lays all values of an example in one row, as Dense needs them. Nothing is learnt or lost.',
    zh: '把一个样本的所有值排成一行，供全连接层使用。不学习也不丢失任何信息。',
  },
  formula: 'y = all values of x in order',
  glyph: 'rows-3',
  group: 'shape',
  fields: {},
  summary: () => ({ en: 'to one row', zh: '排成一行' }),
  outputShape: (_values, input) => [input.reduce((product, size) => product * size, 1)],
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build(tf, _values, { name, inputShape }) {
    const layer = tf.layers.flatten({ name, ...(inputShape ? { inputShape: [...inputShape] } : {}) });
    // tfjs refuses what is flat already, though it would flatten it rightly.
    layer.inputSpec = [{ minNDim: 2 }];
    return layer;
  },
  example: { input: [3, 4, 2] },
  keras: {
    classNames: ['Flatten'],
    read(config) {
      expectOneOf(config, 'data_format', ['channels_last']);
      return {};
    },
  },
});
