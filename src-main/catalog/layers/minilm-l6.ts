/** all-MiniLM-L6-v2: sentence embeddings (Wang et al. 2020; Reimers and Gurevych 2019), pretrained on a billion sentence pairs. */
import type { Shape } from '../../contract';
import {
  bertMultiplyAdds,
  bertTensors,
  embedded,
  sentenceEmbedding,
  statesFrom,
  throughBlocks,
  type Bert,
} from '../bert-encoder';
import { defineLayer, type ShapeProblem } from '../definitions';
import type { FrozenPart, PretrainedWeights } from '../pretrained';
import {
  pretrainedLayer,
  copiesOfPretrainedField,
  rateOfPretrainedField,
  trainedField,
  trainedWords,
  type NamedShape,
  type Trained,
} from '../pretrained-layer';

const bert: Bert = {
  ...{ vocabulary: 30_522, positions: 512, features: 384 },
  ...{ blocks: 6, heads: 12, inner: 1536, epsilon: 1e-12 },
};
/** Blocks at the end that "last blocks" trains. */
const LAST_BLOCKS = 2;

const tensors = bertTensors(bert, bert.blocks);

function frozenBlocks(trained: Trained): number {
  return { frozen: bert.blocks, last: bert.blocks - LAST_BLOCKS, all: 0 }[trained];
}

/** Tensors at the file's beginning that never change: those of the frozen blocks and what comes before. */
function frozenTensors(trained: Trained): readonly NamedShape[] {
  return trained === 'all' ? [] : bertTensors(bert, frozenBlocks(trained));
}

interface FrozenValues {
  readonly trained: Trained;
  readonly copies: number;
}

function frozenPart({ trained, copies }: FrozenValues, [steps = 0]: Shape): FrozenPart | null {
  if (trained === 'all') return null;
  if (trained === 'frozen') return { isWhole: true, shape: [bert.features], settings: [], copies };
  return { isWhole: false, shape: [steps, bert.features], settings: [frozenBlocks(trained)], copies };
}

/** Whether that is what the frozen blocks give, and no codes. */
function isFrozenOutput(trained: Trained, input: Shape): boolean {
  return trained === 'last' && input.length === 2 && input[1] === bert.features;
}

const pretrained: PretrainedWeights = {
  file: 'models/minilm-l6/weights.bin',
  sha256: '6d89d1f6069147e767e80b43410b6da1a7baf19c8ea5ddab9ea99eb4a94d5d1f',
  tensors,
  // The registry holds values in their general form; they were checked against the fields.
  frozen: (values, input) => frozenPart(values as unknown as FrozenValues, input),
};

function countOf(some: readonly NamedShape[]): number {
  return some.reduce((total, { shape }) => total + shape.reduce((product, side) => product * side, 1), 0);
}

function outputShape({ trained }: { readonly trained: Trained }, input: Shape): Shape | ShapeProblem {
  const [steps = 0] = input;
  if ((input.length === 1 || isFrozenOutput(trained, input)) && steps <= bert.positions) return [bert.features];
  if (input.length === 1) {
    return {
      problem: {
        en: `MiniLM reads texts of at most ${bert.positions} word pieces, but gets ${steps}. Make the texts shorter on the Data screen under Preparation.`,
        zh: `MiniLM 最多读取 ${bert.positions} 个词片段，但得到 ${steps} 个。请在“数据”页的“数据准备”中缩短文本。`,
      },
    };
  }
  return {
    problem: {
      en: `MiniLM reads codes of word pieces, one per step, but gets the shape ${input.join(' × ')}. Put it first, on the codes themselves.`,
      zh: `MiniLM 读取词片段的编号（每步一个），但得到的形状是 ${input.join(' × ')}。请把它放在最前面，直接接收编号。`,
    },
  };
}

export const definition = defineLayer({
  id: 'minilm-l6',
  label: { en: 'MiniLM', zh: 'MiniLM' },
  help: {
    en: 'A network that has already learnt from a billion pairs of English sentences what means the same: it gives 384 numbers that say what a text is about. A small layer behind it learns your classes from few texts. It knows English: of other languages, Chinese too, it makes little. It goes first and wants the step “Word pieces (MiniLM)” in the preparation. It lies in the app (22.9 MB, Apache-2.0); nothing is fetched.',
    zh: '一个已从十亿对英文句子中学会“哪些句子意思相同”的网络：它用 384 个数描述一段文本讲什么。后面接一个小层，就能用少量文本学会您的类别。它只懂英文：对中文等其他语言作用很小。它放在最前面，数据准备中需要“词片段（MiniLM）”这一步。它随应用提供（22.9 MB，Apache-2.0），不会联网下载。',
  },
  formula:
    'y = m / |m|, m = mean over pieces of f(E[x[t]] + P[t]); f: 6 blocks h = norm(x + attention(x)), y = norm(h + gelu(h · W₁ + b₁) · W₂ + b₂)',
  glyph: 'graduation-cap',
  group: 'pretrained',
  fields: {
    trained: trainedField({
      en: 'Frozen: it stays as it is, and what it makes of a text is computed once and kept. Last blocks (2 of 6) or all of it: it is fitted to your texts too, which takes much longer and wants more of them.',
      zh: '冻结：它保持不变，每段文本的特征只计算一次并保存。最后几块（6 块中的 2 块）或全部：它也会适应您的文本，用时长得多，也需要更多文本。',
    }),
    copies: copiesOfPretrainedField,
    rate: rateOfPretrainedField,
  },
  codesNeeded: bert.vocabulary,
  summary: ({ trained }) => trainedWords[trained],
  outputShape,
  parameters({ trained }, input) {
    const all = countOf(tensors);
    const frozen = countOf(frozenTensors(trained));
    return { trainable: all - frozen, fixed: isFrozenOutput(trained, input) ? 0 : frozen };
  },
  multiplyAdds({ trained }, input) {
    const blocks = isFrozenOutput(trained, input) ? bert.blocks - frozenBlocks(trained) : bert.blocks;
    return bertMultiplyAdds(bert, blocks, input[0] ?? 0);
  },
  pretrained,
  build: (tf, { trained, rate }, context) =>
    pretrainedLayer(tf, context, {
      ...{ className: 'MiniLmL6', weights: pretrained, tensors, rate, features: bert.features },
      frozenTensors: frozenTensors(trained).length,
      rowsAtOnce: { whole: 64, rest: 128 },
      isFrozenOutput: (input) => isFrozenOutput(trained, input),
      stepsOf: (codes) => codes.findLastIndex((code) => code > 0) + 1,
      run(portion, weights, input) {
        if (portion === 'rest') {
          return sentenceEmbedding(tf, throughBlocks(tf, bert, statesFrom(tf, input), weights));
        }
        const first = bertTensors(bert, 0).length;
        const start = embedded(tf, bert, input, weights.slice(0, first));
        const states = throughBlocks(tf, bert, start, weights.slice(first));
        return portion === 'frozen' && trained !== 'frozen' ? states.values : sentenceEmbedding(tf, states);
      },
    }),
  example: { input: [4], vocabulary: bert.vocabulary },
});
