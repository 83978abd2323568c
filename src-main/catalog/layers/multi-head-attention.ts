/** Multi-head self-attention (Vaswani et al. 2017): each step takes from all others what matters to it. */
import {
  attend,
  attentionMultiplyAdds,
  attentionParameters,
  attentionWeights,
  causalField,
  headFields,
} from '../attention';
import { defineLayer } from '../definitions';
import { attentionInputs, attentionOf } from '../keras-config';
import { rateField } from '../layer-fields';
import { ownLayer } from '../own-layer';
import { presentSteps } from '../padding-steps';
import { sequenceShape } from '../sequence-shapes';

export const definition = defineLayer({
  id: 'multi-head-attention',
  label: { en: 'Multi-head self-attention', zh: '多头自注意力' },
  help: {
    en: 'Each step of a sequence looks at all steps, weighs how much each matters to it, and takes a mix of them. Several heads look for different things. Padding is not looked at.',
    zh: '序列的每一步查看所有步，权衡各步对自己的重要性，并取它们的混合。多个头各自关注不同的内容。填充不会被查看。',
  },
  formula: 'headₖ = softmax(Q · Kᵀ / √size) · V with Q, K, V = x · W + b; y = [head₁ … headₕ] · W + b',
  glyph: 'eye',
  group: 'attention',
  fields: {
    ...headFields,
    causal: causalField,
    dropout: { ...rateField(0), advanced: true },
  },
  summary: ({ heads, headSize, causal }) => ({
    en: `${heads} × ${headSize}${causal ? ' · causal' : ''}`,
    zh: `${heads} × ${headSize}${causal ? ' · 因果' : ''}`,
  }),
  outputShape(_values, input) {
    const sequence = sequenceShape(input);
    return 'problem' in sequence ? sequence : input;
  },
  parameters: ({ heads, headSize }, [, features = 0]) => ({
    trainable: attentionParameters(features, heads * headSize),
    fixed: 0,
  }),
  multiplyAdds: ({ heads, headSize }, input) => attentionMultiplyAdds(input, heads * headSize),
  build: (tf, values, context) =>
    ownLayer(tf, context, {
      className: 'SelfAttention',
      outputShape: (input) => input,
      weights: ([, features = 0]) => attentionWeights(tf, features, values.heads * values.headSize, context.seed),
      random: values.dropout > 0,
      keepsSteps: true,
      call(input, { weights, random }) {
        const memory = { values: input, present: presentSteps(input) };
        return attend(tf, input, memory, weights, { ...values, seed: context.seed }, random);
      },
    }),
  example: { input: [4, 6] },
  keras: {
    classNames: ['MultiHeadAttention'],
    inputNames: attentionInputs,
    takes: (from) => new Set(from).size === 1,
    read: (config) => attentionOf(config),
  },
});
