/**
 * Text to numbers by its words, characters or byte pairs: one number per entry of a vocabulary (counts, shares weighted by
 * rarity as scikit-learn's `TfidfVectorizer`), or the places of the tokens in their order.
 */
import { z } from 'zod';
import { BytePairs, learnMerges, WORD_END } from '../byte-pairs';
import { choice, integer, toggle } from '../fields';
import { defineStep, type TextValues } from '../step-definitions';
import { byFrequency, fittingLength, numbersOfTexts, type TextLength } from '../step-values';
import { charactersOf, normalize, wordsOf } from '../words';

type Unit = 'words' | 'characters' | 'byte-pairs';
type Output = 'tf-idf' | 'counts' | 'presence' | 'sequence';

const fittedSchema = z.object({
  /** Most frequent first; token i is place i + 1 in a sequence. */
  vocabulary: z.array(z.string()),
  /** Byte pairs in the order in which they are joined; empty for other units. */
  merges: z.array(z.tuple([z.string(), z.string()])),
  /** ln((1 + texts) / (1 + texts that hold the token)) + 1, by the vocabulary. */
  weights: z.array(z.number()),
  /** Tokens that 95 of 100 training texts have at most; absent in older models and where nobody asked. */
  length: z.number().int().optional(),
});
type Fitted = z.infer<typeof fittedSchema>;

/** Where the length is to be found: so large a share of the training texts fits in whole, up to so many tokens. */
const FITTING_SHARE = 0.95;
const LONGEST = 500;

/** Byte pairs are learnt from so many different words at most, the most frequent. */
const MOST_WORDS = 50_000;

type Cut = (text: string) => readonly string[];

/** What of the fields decides how a text is cut. */
interface Cutting {
  readonly unit: Unit;
  readonly lowercase: boolean;
  readonly punctuation: boolean;
}

function cutter({ unit, lowercase, punctuation }: Cutting, merges: Fitted['merges']): Cut {
  if (unit === 'characters') return (text) => charactersOf(normalize(text, lowercase));
  if (unit === 'words') return (text) => wordsOf(normalize(text, lowercase), punctuation);
  const pairs = new BytePairs(merges);
  return (text) => wordsOf(normalize(text, lowercase), punctuation).flatMap((word) => pairs.cut(word));
}

/** How often each token stands in all rows, in how many rows, and how many tokens the rows have. */
function countTokens({ codes, names }: TextValues, cut: Cut) {
  const lengths: TextLength[] = [];
  const [tokens, texts] = [new Map<string, number>(), new Map<string, number>()];
  const rows = new Float64Array(names.length);
  for (const code of codes) if (code >= 0) rows[code] = (rows[code] ?? 0) + 1;
  for (const [code, name] of names.entries()) {
    const weight = rows[code] ?? 0;
    if (weight === 0) continue;
    const own = cut(name);
    lengths.push({ tokens: own.length, rows: weight });
    for (const token of own) tokens.set(token, (tokens.get(token) ?? 0) + weight);
    for (const token of new Set(own)) texts.set(token, (texts.get(token) ?? 0) + weight);
  }
  return { tokens, texts, lengths };
}

function learnPairs(values: TextValues, cutting: Cutting, most: number): Fitted['merges'] {
  const { tokens } = countTokens(values, cutter({ ...cutting, unit: 'words' }, []));
  const words = byFrequency(tokens).slice(0, MOST_WORDS);
  return learnMerges(new Map(words.map((word) => [word, tokens.get(word) ?? 0])), most);
}

/** Cutters by what they learnt: a table is encoded piece by piece, and setting one up takes as long as a piece. */
const cutters = new WeakMap<Fitted, { readonly cut: Cut; readonly places: ReadonlyMap<string, number> }>();

function toolsOf(fitted: Fitted, cutting: Cutting) {
  let tools = cutters.get(fitted);
  if (!tools) {
    const places = new Map(fitted.vocabulary.map((token, place) => [token, place]));
    tools = { cut: cutter(cutting, fitted.merges), places };
    cutters.set(fitted, tools);
  }
  return tools;
}

export const definition = defineStep({
  id: 'tokens',
  label: { en: 'Tokens of text', zh: '文本分词' },
  help: {
    en: 'Cuts text into words, characters or frequent pieces and gives one number per entry of the vocabulary. Only tokens of the training rows are known; others are left out.',
    zh: '把文本切成词、字符或常见片段，词表中的每一项得到一个数。只认识训练行中的词元，其余略去。',
  },
  takes: 'texts',
  gives: 'numbers',
  suits: ['text', 'category'],
  fields: {
    unit: choice<Unit>({
      label: { en: 'Cut into', zh: '切分为' },
      help: {
        en: 'Byte pairs are pieces of words that the training rows repeat most: frequent words stay whole, rare ones fall into parts.',
        zh: '字节对是训练行中重复最多的词的片段：常见词保持完整，少见词拆成几部分。',
      },
      default: 'words',
      options: [
        { value: 'words', label: { en: 'words', zh: '词' } },
        { value: 'characters', label: { en: 'characters', zh: '字符' } },
        { value: 'byte-pairs', label: { en: 'byte pairs', zh: '字节对' } },
      ],
    }),
    vocabulary: integer({
      label: { en: 'Vocabulary', zh: '词表大小' },
      help: { en: 'The most frequent tokens of the training rows.', zh: '训练行中最常见的词元。' },
      default: 1000,
      minimum: 2,
      maximum: 20_000,
    }),
    output: choice<Output>({
      label: { en: 'Numbers', zh: '数值' },
      help: {
        en: 'TF-IDF weighs rare tokens more. Places keep the order for networks that read sequences; a dense layer would read them as sizes.',
        zh: 'TF-IDF 让少见的词元权重更大。位置保留顺序，适合读取序列的网络；全连接层会把它们当作大小来读。',
      },
      default: 'tf-idf',
      options: [
        { value: 'tf-idf', label: { en: 'TF-IDF', zh: 'TF-IDF' } },
        { value: 'counts', label: { en: 'counts', zh: '次数' } },
        { value: 'presence', label: { en: '1 where it occurs', zh: '出现为 1' } },
        { value: 'sequence', label: { en: 'places in order', zh: '按顺序的位置' } },
      ],
    }),
    length: integer({
      label: { en: 'Length', zh: '长度' },
      help: {
        en: 'Tokens kept of each text where places are chosen; shorter texts end in 0. 0 finds it: 95 of 100 training texts fit, 500 tokens at most.',
        zh: '选择位置时每段文本保留的词元数；较短的文本以 0 补齐。填 0 则自动确定：使 95% 的训练文本放得下，最多 500 个词元。',
      },
      default: 64,
      minimum: 0,
      maximum: 2000,
    }),
    lowercase: toggle({
      label: { en: 'Ignore case', zh: '忽略大小写' },
      help: { en: '“The” and “the” become one token.', zh: '“The”和“the”视为同一个词元。' },
      default: true,
    }),
    punctuation: toggle({
      label: { en: 'Keep punctuation', zh: '保留标点' },
      help: {
        en: 'Each sign such as ! or $ becomes a token beside the words. Characters hold them anyway.',
        zh: '除词以外，! 或 $ 等每个符号也成为一个词元。按字符切分时本来就包含它们。',
      },
      default: false,
    }),
  },
  fitted: fittedSchema,
  fit(values, fields) {
    const { unit, vocabulary: most, output, length } = fields;
    const merges = unit === 'byte-pairs' ? learnPairs(values, fields, most) : [];
    const { tokens, texts, lengths } = countTokens(values, cutter(fields, merges));
    const vocabulary = byFrequency(tokens).slice(0, most);
    const rows = values.codes.length;
    const weights = vocabulary.map((token) => Math.log((1 + rows) / (1 + (texts.get(token) ?? 0))) + 1);
    const found =
      output === 'sequence' && length === 0 ? { length: fittingLength(lengths, FITTING_SHARE, LONGEST) } : {};
    return { vocabulary, merges, weights, ...found };
  },
  apply(values, fitted, fields) {
    const { output, length } = fields;
    const { cut, places } = toolsOf(fitted, fields);
    if (output === 'sequence')
      return numbersOfTexts(
        values,
        length || (fitted.length ?? 1),
        (text, into) => sequence(cut(text), places, into),
        0,
      );
    return numbersOfTexts(
      values,
      fitted.vocabulary.length,
      (text, into) => {
        for (const token of cut(text)) {
          const place = places.get(token);
          if (place !== undefined) into[place] = output === 'presence' ? 1 : (into[place] ?? 0) + 1;
        }
        if (output === 'tf-idf') weigh(into, fitted.weights);
      },
      0,
    );
  },
  learnt: ({ vocabulary, merges }) => ({
    en: `${vocabulary.length} tokens${merges.length > 0 ? ` by ${merges.length} merges` : ''}`,
    zh: `${vocabulary.length} 个词元${merges.length > 0 ? `，${merges.length} 次合并` : ''}`,
  }),
  codes: ({ vocabulary }, { output }) => (output === 'sequence' ? vocabulary.length + 1 : null),
  codeName: ({ vocabulary }, code) => (vocabulary[code - 1] ?? '').replace(WORD_END, '_'),
  outputs: ({ vocabulary }, { output }) =>
    output === 'sequence' ? [] : vocabulary.map((token) => token.replace(WORD_END, '_')),
});

/** Place + 1 of each known token, as many as there is room for; the rest stays 0. */
function sequence(tokens: readonly string[], places: ReadonlyMap<string, number>, into: Float64Array): void {
  let at = 0;
  for (const token of tokens) {
    const place = places.get(token);
    if (place === undefined) continue;
    if (at >= into.length) break;
    into[at++] = place + 1;
  }
}

/** Counts times weights, then to a length of 1. */
function weigh(counts: Float64Array, weights: readonly number[]): void {
  let squares = 0;
  for (let place = 0; place < counts.length; place++) {
    const value = (counts[place] ?? 0) * (weights[place] ?? 0);
    counts[place] = value;
    squares += value * value;
  }
  if (squares === 0) return;
  const norm = Math.sqrt(squares);
  for (let place = 0; place < counts.length; place++) counts[place] = (counts[place] ?? 0) / norm;
}
