/** Alpha dropout (Klambauer et al. 2017): dropout that keeps mean and variance, for networks of SELU. */
import { defineLayer } from '../definitions';
import { expectOneOf, numberOf } from '../keras-config';
import { rateField } from '../layer-fields';
import { stepSeededLayer } from '../step-seeded';

/** What SELU gives for −∞: −λ · α of the paper. */
const saturated = -1.7580993408473766;

export const definition = defineLayer({
  id: 'alpha-dropout',
  label: { en: 'Alpha dropout', zh: 'Alpha 随机失活' },
  help: {
    en: 'Dropout for layers with SELU: what is dropped becomes the lowest value of SELU, and mean and spread stay as they were. Off when predicting.',
    zh: '用于 SELU 层的随机失活：被丢弃的值变为 SELU 的最低值，均值和离散度保持不变。预测时不起作用。',
  },
  formula:
    'training: y = a · (x · mask + α′ · (1 − mask)) + b, α′ = −1.758, a = ((1 − rate)(1 + rate · α′²))^−½, b = −a · α′ · rate; otherwise y = x',
  glyph: 'eraser',
  group: 'regularization',
  fields: {
    rate: {
      ...rateField(0.1),
      label: { en: 'Rate', zh: '比例' },
      help: { en: 'The share of inputs that is dropped at each step.', zh: '每一步中被丢弃的输入所占比例。' },
    },
  },
  summary: ({ rate }) => ({ en: `${Math.round(rate * 100)} %`, zh: `${Math.round(rate * 100)} %` }),
  outputShape: (_values, input) => input,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build(tf, { rate }, context) {
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * saturated ** 2));
    const b = -a * saturated * rate;
    return stepSeededLayer(tf, 'StepSeededAlphaDropout', context, (input, random) => {
      const kept = tf.cast(tf.greaterEqual(random.uniform(input.shape, context.seed), rate), 'float32');
      const mixed = tf.add(tf.mul(input, kept), tf.mul(tf.sub(1, kept), saturated));
      return tf.add(tf.mul(mixed, a), b);
    });
  },
  example: { input: [6] },
  keras: {
    classNames: ['AlphaDropout'],
    read(config) {
      expectOneOf(config, 'noise_shape', []);
      return { rate: numberOf(config, 'rate') };
    },
  },
});
