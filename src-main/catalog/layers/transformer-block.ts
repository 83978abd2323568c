/** Transformer block (Vaswani et al. 2017) with normalization first (Xiong et al. 2020), which trains steadily. */
import type * as tensorflow from '@tensorflow/tfjs';
import {
  attend,
  attentionMultiplyAdds,
  attentionParameters,
  attentionWeights,
  causalField,
  headsDoNotDivide,
} from '../attention';
import { defineLayer } from '../definitions';
import { activationFunction, ownLayer } from '../own-layer';
import { presentSteps } from '../padding-steps';
import { seedFrom } from '../random';
import { sequenceShape } from '../sequence-shapes';
import { dropped } from '../step-seeded';
import {
  innerNetwork,
  innerParameters,
  innerWeights,
  normalizedAt,
  normWeights,
  transformerDropout,
  transformerFields,
  transformerSummary,
} from '../transformer';

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
  fields: { ...transformerFields, causal: causalField, dropout: transformerDropout },
  summary: transformerSummary,
  outputShape({ heads }, input) {
    const sequence = sequenceShape(input);
    if ('problem' in sequence) return sequence;
    return sequence.features % heads === 0 ? input : headsDoNotDivide(sequence.features, heads);
  },
  parameters: ({ feedForward }, [, features = 0]) => ({
    trainable: attentionParameters(features, features) + 4 * features + innerParameters(features, feedForward),
    fixed: 0,
  }),
  multiplyAdds: ({ feedForward }, [steps = 0, features = 0]) =>
    attentionMultiplyAdds([steps, features], features) + 2 * steps * features * feedForward,
  build(tf, values, context) {
    const { seed } = context;
    const activate = activationFunction(tf, values.activation);
    return ownLayer(tf, context, {
      className: 'TransformerBlock',
      outputShape: (input) => input,
      weights: ([, features = 0]) => ({
        ...normWeights(tf, 'first', features),
        ...attentionWeights(tf, features, features, seed),
        ...normWeights(tf, 'second', features),
        ...innerWeights(tf, features, values.feedForward, seed),
      }),
      random: values.dropout > 0,
      keepsSteps: true,
      call(input, { weights, random }) {
        const lossy = (x: tensorflow.Tensor, place: number) =>
          random ? dropped(tf, x, values.dropout, random, { seed: seedFrom(seed, place), shape: x.shape }) : x;
        const memory = { values: normalizedAt(tf, input, 'first', weights), present: presentSteps(input) };
        const seen = attend(tf, memory.values, memory, weights, { ...values, seed: seedFrom(seed, 7) }, random);
        const middle = tf.add(input, lossy(seen, 8));
        const outer = innerNetwork(tf, normalizedAt(tf, middle, 'second', weights), weights, activate);
        return tf.add(middle, lossy(outer, 9));
      },
    });
  },
  example: { input: [4, 6] },
});
