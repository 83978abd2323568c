/** Transformer block (Vaswani et al. 2017) with normalization first (Xiong et al. 2020), which trains steadily. */
import type * as tensorflow from '@tensorflow/tfjs';
import { activationField } from '../activations';
import {
  attend,
  attentionMultiplyAdds,
  attentionParameters,
  attentionWeights,
  causalField,
  headsDoNotDivide,
} from '../attention';
import { defineLayer } from '../definitions';
import { integer } from '../fields';
import { rateField } from '../layer-fields';
import { activationFunction, ownLayer, project } from '../own-layer';
import { seedFrom } from '../random';
import { sequenceShape } from '../sequence-shapes';
import { layerNormalized } from '../standardized';
import { dropped } from '../step-seeded';

const epsilon = 1e-6;

export const definition = defineLayer({
  id: 'transformer-block',
  label: { en: 'Transformer block', zh: 'Transformer 块' },
  help: {
    en: 'Attention and a small network at each step, both added to what came in (encoder block; causal: decoder block). Put an embedding and a position embedding before it, and several in a row.',
    zh: '注意力和每一步上的小网络，两者都加到输入上（编码器块；开启“因果”即为解码器块）。在它前面放嵌入和位置嵌入，可连续放多个。',
  },
  formula: 'h = x + attention(norm(x)); y = h + activation(norm(h) · W₁ + b₁) · W₂ + b₂',
  glyph: 'blocks',
  group: 'attention',
  fields: {
    heads: integer({
      label: { en: 'Heads', zh: '头数' },
      help: {
        en: 'How many things attention looks for side by side; they share the features equally.',
        zh: '注意力同时关注多少种内容；各头平分特征。',
      },
      default: 2,
      minimum: 1,
      maximum: 64,
    }),
    feedForward: integer({
      label: { en: 'Feed-forward units', zh: '前馈单元数' },
      help: { en: 'Units of the small network at each step.', zh: '每一步上的小网络的单元数。' },
      default: 128,
      minimum: 1,
      maximum: 16384,
    }),
    activation: { ...activationField, default: 'gelu' as const },
    causal: causalField,
    dropout: rateField(0.1),
  },
  summary: ({ heads, feedForward, causal }) => ({
    en: `${heads} heads · ${feedForward}${causal ? ' · causal' : ''}`,
    zh: `${heads} 头 · ${feedForward}${causal ? ' · 因果' : ''}`,
  }),
  outputShape({ heads }, input) {
    const sequence = sequenceShape(input);
    if ('problem' in sequence) return sequence;
    return sequence.features % heads === 0 ? input : headsDoNotDivide(sequence.features, heads);
  },
  parameters: ({ feedForward }, [, features = 0]) => ({
    trainable:
      attentionParameters(features, features) + 4 * features + 2 * features * feedForward + feedForward + features,
    fixed: 0,
  }),
  multiplyAdds: ({ feedForward }, [steps = 0, features = 0]) =>
    attentionMultiplyAdds(steps, features, features) + 2 * steps * features * feedForward,
  build(tf, values, context) {
    const { seed } = context;
    const activate = activationFunction(tf, values.activation);
    const [zeros, ones] = [tf.initializers.zeros(), tf.initializers.ones()];
    const drawn = (index: number) => tf.initializers.glorotUniform({ seed: seedFrom(seed, index) });
    return ownLayer(tf, context, {
      className: 'TransformerBlock',
      outputShape: (input) => input,
      weights: ([, features = 0]) => ({
        first_gamma: { shape: [features], initializer: ones },
        first_beta: { shape: [features], initializer: zeros },
        ...attentionWeights(tf, features, features, seed),
        second_gamma: { shape: [features], initializer: ones },
        second_beta: { shape: [features], initializer: zeros },
        inner_kernel: { shape: [features, values.feedForward], initializer: drawn(5) },
        inner_bias: { shape: [values.feedForward], initializer: zeros },
        outer_kernel: { shape: [values.feedForward, features], initializer: drawn(6) },
        outer_bias: { shape: [features], initializer: zeros },
      }),
      random: values.dropout > 0,
      keepsSteps: true,
      call(input, { weights, random }) {
        const lossy = (x: tensorflow.Tensor, place: number) =>
          random ? dropped(tf, x, values.dropout, random, { seed: seedFrom(seed, place), shape: x.shape }) : x;
        const first = { gamma: weights.first_gamma, beta: weights.first_beta };
        const second = { gamma: weights.second_gamma, beta: weights.second_beta };
        const options = { ...values, seed: seedFrom(seed, 7) };
        const seen = attend(tf, layerNormalized(tf, input, first, epsilon), input, weights, options, random);
        const middle = tf.add(input, lossy(seen, 8));
        const normalized = layerNormalized(tf, middle, second, epsilon);
        const inner = activate(project(tf, normalized, weights.inner_kernel, weights.inner_bias));
        const outer = project(tf, inner, weights.outer_kernel, weights.outer_bias);
        return tf.add(middle, lossy(outer, 9));
      },
    });
  },
  example: { input: [4, 6] },
});
