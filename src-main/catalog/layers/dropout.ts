/** Dropout (Srivastava et al. 2014): sets random inputs to zero while training, so that no unit is relied on alone. */
import type * as tensorflow from '@tensorflow/tfjs';
import { defineLayer, type TensorFlow } from '../definitions';
import { number } from '../fields';
import type { StepRandom, StepSeeded } from '../step-seeded';

export const definition = defineLayer({
  id: 'dropout',
  label: { en: 'Dropout', zh: '随机失活' },
  help: {
    en: 'While training, sets a random share of its inputs to zero, which eases overfitting. Off when predicting.',
    zh: '训练时随机把一部分输入设为零，以减轻过拟合。预测时不起作用。',
  },
  formula: 'training: y = x · mask / (1 − rate), mask ∈ {0, 1}; otherwise y = x',
  glyph: 'eraser',
  group: 'regularization',
  fields: {
    rate: number({
      label: { en: 'Rate', zh: '比例' },
      help: { en: 'The share of inputs that is set to zero at each step.', zh: '每一步中被设为零的输入所占比例。' },
      default: 0.25,
      minimum: 0,
      maximum: 0.95,
      scale: 'linear',
    }),
  },
  summary: (values) => ({ en: `${Math.round(values.rate * 100)} %`, zh: `${Math.round(values.rate * 100)} %` }),
  outputShape: (_values, input) => input,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, { name, seed, inputShape }) =>
    dropoutLayer(tf, values.rate, seed, { name, ...(inputShape ? { inputShape: [...inputShape] } : {}) }),
  example: { input: [6] },
});

/** A dropout layer whose mask follows from (seed, step) alone. */
function dropoutLayer(tf: TensorFlow, rate: number, seed: number, args: { name: string; inputShape?: number[] }) {
  class StepSeededDropout extends tf.layers.Layer implements StepSeeded {
    static readonly className = 'StepSeededDropout';
    private random: StepRandom | null = null;

    setRandom(random: StepRandom): void {
      this.random = random;
    }

    override computeOutputShape(inputShape: tensorflow.Shape): tensorflow.Shape {
      return inputShape;
    }

    override call(inputs: tensorflow.Tensor | tensorflow.Tensor[], kwargs: Record<string, unknown>) {
      const input = Array.isArray(inputs) ? inputs[0] : inputs;
      if (!input) throw new Error('Dropout was called without an input');
      if (kwargs['training'] !== true || rate === 0) return input;
      if (!this.random) throw new Error('Dropout trains without random numbers');
      const kept = tf.greaterEqual(this.random.uniform(input.shape, seed), rate);
      // Divided by what is kept, so that the expected sum stays the same.
      return tf.mul(input, tf.mul(tf.cast(kept, 'float32'), 1 / (1 - rate)));
    }
  }
  return new StepSeededDropout(args);
}
