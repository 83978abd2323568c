/** Multi-head cross-attention (Vaswani et al. 2017): each step of one sequence takes from another what matters to it. */
import type { Shape } from '../../contract';
import {
  attend,
  attentionMultiplyAdds,
  attentionParameters,
  attentionWeights,
  headFields,
  queryAndMemory,
} from '../attention';
import { defineMergingLayer } from '../definitions';
import { attentionInputs, attentionOf, KerasMismatch } from '../keras-config';
import { rateField } from '../layer-fields';
import { ownJoiningLayer } from '../own-layer';
import { presentSteps } from '../padding-steps';
import { sequenceShapes } from '../sequence-shapes';

const nothing: Shape = [];

export const definition = defineMergingLayer({
  id: 'cross-attention',
  label: { en: 'Cross-attention', zh: '交叉注意力' },
  help: {
    en: 'Each step of the first input, the query, looks at all steps of the second, the memory, and takes a mix of them: a translation looks at the sentence it translates, a question at the text with the answer. Padding of the memory is not looked at.',
    zh: '第一个输入（查询）的每一步查看第二个输入（记忆）的所有步，并取它们的混合：译文查看原文，问题查看含有答案的文本。记忆中的填充不会被查看。',
  },
  formula:
    'headₖ = softmax(Q · Kᵀ / √size) · V with Q = query · W + b, K = memory · W, V = memory · W + b; y = [head₁ … headₕ] · W + b',
  glyph: 'arrow-down-left',
  group: 'attention',
  inputs: { minimum: 2, maximum: 2 },
  inputNames: queryAndMemory,
  fields: { ...headFields, dropout: { ...rateField(0), advanced: true } },
  summary: ({ heads, headSize }) => ({ en: `${heads} × ${headSize}`, zh: `${heads} × ${headSize}` }),
  outputShape: (_values, inputs) => sequenceShapes(inputs, queryAndMemory) ?? inputs[0] ?? nothing,
  parameters: ({ heads, headSize }, [query = nothing, memory = nothing]) => ({
    trainable: attentionParameters(query[1] ?? 0, heads * headSize, memory[1]),
    fixed: 0,
  }),
  multiplyAdds: ({ heads, headSize }, [query = nothing, memory = nothing]) =>
    attentionMultiplyAdds(query, heads * headSize, memory),
  build: (tf, values, context) =>
    ownJoiningLayer(tf, context, {
      className: 'CrossAttention',
      outputShape: ([query = nothing]) => query,
      weights: ([query = nothing, memory = nothing]) =>
        attentionWeights(tf, query[1] ?? 0, values.heads * values.headSize, context.seed, memory[1]),
      random: values.dropout > 0,
      keepsSteps: true,
      call([query, memory], { weights, random }) {
        if (!query || !memory) throw new Error('Cross-attention was called without a query and a memory');
        const asked = { values: memory, present: presentSteps(memory) };
        const options = { ...values, causal: false, seed: context.seed };
        return attend(tf, query, asked, weights, options, random);
      },
    }),
  example: {
    inputs: [
      [4, 6],
      [3, 5],
    ],
  },
  keras: {
    classNames: ['MultiHeadAttention'],
    inputNames: attentionInputs,
    takes: (from) => new Set(from).size > 1,
    read(config) {
      const { causal, ...fields } = attentionOf(config);
      if (causal === true) throw new KerasMismatch('use_causal_mask is true between two sequences');
      return fields;
    },
  },
});
