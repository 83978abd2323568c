/** Decoder block of a transformer (Vaswani et al. 2017) with normalization first (Xiong et al. 2020), which trains steadily. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../../contract';
import {
  attend,
  attentionMultiplyAdds,
  attentionParameters,
  attentionWeights,
  causalField,
  headsDoNotDivide,
  queryAndMemory,
  type AttentionWeight,
} from '../attention';
import { defineMergingLayer } from '../definitions';
import { activationFunction, ownJoiningLayer, partOf, prefixed } from '../own-layer';
import { presentSteps } from '../padding-steps';
import { seedFrom } from '../random';
import { sequenceShapes } from '../sequence-shapes';
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

const nothing: Shape = [];

export const definition = defineMergingLayer({
  id: 'decoder-block',
  label: { en: 'Decoder block', zh: '解码器块' },
  help: {
    en: 'Three parts, each added to what came in: the steps of the first input, the query, look at themselves and earlier ones; then at all steps of the second, the memory; then a small network acts at each step. The memory is mostly what encoder blocks made of another sequence, as in translation.',
    zh: '由三部分组成，每部分都加到输入上：第一个输入（查询）的各步先查看自己和之前的步，再查看第二个输入（记忆）的所有步，最后在每一步上经过一个小网络。记忆通常是编码器块对另一个序列的输出，例如翻译中的原文。',
  },
  formula:
    'h = x + attention(norm(x)); c = h + attention(norm(h), memory); y = c + activation(norm(c) · W₁ + b₁) · W₂ + b₂',
  glyph: 'layers-2',
  group: 'attention',
  inputs: { minimum: 2, maximum: 2 },
  inputNames: queryAndMemory,
  fields: { ...transformerFields, causal: { ...causalField, default: true }, dropout: transformerDropout },
  summary: transformerSummary,
  outputShape({ heads }, inputs) {
    const [query = nothing] = inputs;
    const features = query[1] ?? 0;
    const problem = sequenceShapes(inputs, queryAndMemory);
    if (problem) return problem;
    return features % heads === 0 ? query : headsDoNotDivide(features, heads);
  },
  parameters({ feedForward }, [[, features = 0] = nothing, [, memoryFeatures = 0] = nothing]) {
    const attention = attentionParameters(features, features) + attentionParameters(features, features, memoryFeatures);
    return { trainable: attention + 6 * features + innerParameters(features, feedForward), fixed: 0 };
  },
  multiplyAdds({ feedForward }, [query = nothing, memory = nothing]) {
    const [steps = 0, features = 0] = query;
    const attention = attentionMultiplyAdds(query, features) + attentionMultiplyAdds(query, features, memory);
    return attention + 2 * steps * features * feedForward;
  },
  build(tf, values, context) {
    const { seed } = context;
    const activate = activationFunction(tf, values.activation);
    const lossy = (x: tensorflow.Tensor, random: Parameters<typeof attend>[5], place: number) =>
      random ? dropped(tf, x, values.dropout, random, { seed: seedFrom(seed, place), shape: x.shape }) : x;
    return ownJoiningLayer(tf, context, {
      className: 'DecoderBlock',
      outputShape: ([query = nothing]) => query,
      weights: ([[, features = 0] = nothing, [, memoryFeatures = 0] = nothing]) => ({
        ...normWeights(tf, 'first', features),
        ...prefixed('self', attentionWeights(tf, features, features, seed)),
        ...normWeights(tf, 'second', features),
        ...prefixed('cross', attentionWeights(tf, features, features, seedFrom(seed, 10), memoryFeatures)),
        ...normWeights(tf, 'third', features),
        ...innerWeights(tf, features, values.feedForward, seed),
      }),
      random: values.dropout > 0,
      keepsSteps: true,
      call([query, memory], { weights, random }) {
        if (!query || !memory) throw new Error('A decoder block was called without a query and a memory');
        const own = { values: normalizedAt(tf, query, 'first', weights), present: presentSteps(query) };
        const ofSelf = partOf<'self', AttentionWeight>('self', weights);
        const seen = attend(tf, own.values, own, ofSelf, { ...values, seed: seedFrom(seed, 7) }, random);
        const middle = tf.add(query, lossy(seen, random, 8));
        const asked = { values: memory, present: presentSteps(memory) };
        const ofCross = partOf<'cross', AttentionWeight>('cross', weights);
        const options = { ...values, causal: false, seed: seedFrom(seed, 11) };
        const found = attend(tf, normalizedAt(tf, middle, 'second', weights), asked, ofCross, options, random);
        const late = tf.add(middle, lossy(found, random, 12));
        const outer = innerNetwork(tf, normalizedAt(tf, late, 'third', weights), weights, activate);
        return tf.add(late, lossy(outer, random, 9));
      },
    });
  },
  example: {
    inputs: [
      [4, 6],
      [3, 5],
    ],
  },
});
