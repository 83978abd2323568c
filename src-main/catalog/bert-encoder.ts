/**
 * BERT's encoder (Devlin et al. 2018) as sentence embeddings use it: codes of word pieces become rows of numbers, blocks of
 * attention and a small network go over them with the normalization behind each, and the mean over the pieces that stand
 * there, brought to a length of 1, stands for the text (Reimers and Gurevych 2019).
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { attend, attentionMultiplyAdds, type AttentionWeight } from './attention';
import { activationFunction, project } from './own-layer';
import type { TensorFlow } from './definition-parts';
import { rowsOf } from './gathering';
import type { StoredTensor } from './pretrained';
import type { NamedShape } from './pretrained-layer';
import { layerNormalized } from './standardized';

export interface Bert {
  /** Pieces that it knows: codes below this, 0 for padding. */
  readonly vocabulary: number;
  /** The longest text in pieces. */
  readonly positions: number;
  readonly features: number;
  readonly blocks: number;
  readonly heads: number;
  /** Units of the small network in a block. */
  readonly inner: number;
  /** In the normalization. */
  readonly epsilon: number;
}

type BertTensor = NamedShape & StoredTensor;

const matrix = (name: string, shape: readonly [number, number], scales: 'rows' | 'columns'): BertTensor => ({
  ...{ name, shape, scales },
});
const vector = (name: string, size: number): BertTensor => ({ name, shape: [size], scales: 'none' });

/** The looked-up tables with their normalization. A text is one segment, so that the row of the first is added everywhere. */
const embeddingTensors = ({ vocabulary, positions, features }: Bert): BertTensor[] => [
  matrix('word_table', [vocabulary, features], 'rows'),
  matrix('position_table', [positions, features], 'rows'),
  vector('segment', features),
  vector('gamma', features),
  vector('beta', features),
];

const blockTensors = ({ features, inner }: Bert, block: number): BertTensor[] => [
  matrix(`query_kernel_${block}`, [features, features], 'columns'),
  vector(`query_bias_${block}`, features),
  matrix(`key_kernel_${block}`, [features, features], 'columns'),
  matrix(`value_kernel_${block}`, [features, features], 'columns'),
  vector(`value_bias_${block}`, features),
  matrix(`output_kernel_${block}`, [features, features], 'columns'),
  vector(`output_bias_${block}`, features),
  vector(`first_gamma_${block}`, features),
  vector(`first_beta_${block}`, features),
  matrix(`inner_kernel_${block}`, [features, inner], 'columns'),
  vector(`inner_bias_${block}`, inner),
  matrix(`outer_kernel_${block}`, [inner, features], 'columns'),
  vector(`outer_bias_${block}`, features),
  vector(`second_gamma_${block}`, features),
  vector(`second_beta_${block}`, features),
];

/** The embeddings and so many of the blocks, in the order in which a file holds them. */
export function bertTensors(bert: Bert, blocks: number): BertTensor[] {
  const each = Array.from({ length: blocks }, (_, block) => blockTensors(bert, block));
  return [...embeddingTensors(bert), ...each.flat()];
}

/** Multiplications with an addition in so many blocks for a text. @param steps pieces, padding included. */
export function bertMultiplyAdds({ features, inner }: Bert, blocks: number, steps: number): number {
  return blocks * (attentionMultiplyAdds([steps, features], features) + 2 * steps * features * inner);
}

/** What a block gives, or the embeddings. */
interface States {
  /** `[batch, steps, features]`; zeros at padding. */
  readonly values: tensorflow.Tensor;
  /** `[batch, steps]`: 1 where a piece stands, 0 at padding. */
  readonly present: tensorflow.Tensor2D;
}

/** @param codes `[batch, steps]`; those that it doesn't know count as padding. @param weights as `bertTensors` lists them. */
export function embedded(
  tf: TensorFlow,
  { vocabulary, epsilon }: Bert,
  codes: tensorflow.Tensor,
  weights: readonly tensorflow.Tensor[],
): States {
  const [words, positions, segment, gamma, beta] = weights;
  if (!words || !positions || !segment || !gamma || !beta) throw new Error('Embeddings have no weights');
  const known = tf.cast(tf.logicalAnd(tf.greater(codes, 0), tf.less(codes, vocabulary)), 'float32');
  const [, steps = 0] = codes.shape;
  const places = tf.add(tf.slice(positions, [0, 0], [steps, -1]), segment);
  const sum = tf.add(rowsOf(tf, words, tf.cast(tf.mul(codes, known), 'int32')), places);
  return statesOf(tf, layerNormalized(tf, sum, { gamma, beta }, epsilon), known as tensorflow.Tensor2D);
}

/** What was computed for padding is set to zero: nobody looks at it, and so states alone say what is padding. */
function statesOf(tf: TensorFlow, values: tensorflow.Tensor, present: tensorflow.Tensor2D): States {
  return { values: tf.mul(values, present.reshape([...present.shape, 1])), present };
}

/** States that were kept: a normalized row is zero in all its features only where it is padding. */
export function statesFrom(tf: TensorFlow, values: tensorflow.Tensor): States {
  return { values, present: tf.cast(tf.any(tf.notEqual(values, 0), -1), 'float32') };
}

/** Some blocks one after another. @param weights of their tensors, as `bertTensors` lists them. */
export function throughBlocks(
  tf: TensorFlow,
  bert: Bert,
  states: States,
  weights: readonly tensorflow.Tensor[],
): States {
  const size = blockTensors(bert, 0).length;
  return Array.from({ length: weights.length / size }, (_, block) => {
    return weights.slice(block * size, (block + 1) * size);
  }).reduce<States>(
    // What a block computes on its way is let go with it, so that six take no more memory than one.
    (before, own) => ({ ...before, values: tf.tidy(() => throughBlock(tf, bert, before, own).values) }),
    states,
  );
}

function throughBlock(
  tf: TensorFlow,
  bert: Bert,
  { values, present }: States,
  weights: readonly tensorflow.Tensor[],
): States {
  const named = new Map(blockTensors(bert, 0).map(({ name }, place) => [name.slice(0, -2), weights[place]]));
  const own = (name: string) => {
    const weight = named.get(name);
    if (!weight) throw new Error(`A block has no ${name}`);
    return weight;
  };
  const names = ['query_kernel', 'query_bias', 'key_kernel', 'value_kernel', 'value_bias'] as const;
  const attention = Object.fromEntries([...names, 'output_kernel', 'output_bias'].map((name) => [name, own(name)]));
  const normalized = (x: tensorflow.Tensor, which: 'first' | 'second') =>
    layerNormalized(tf, x, { gamma: own(`${which}_gamma`), beta: own(`${which}_beta`) }, bert.epsilon);
  const options = { heads: bert.heads, causal: false, dropout: 0, seed: 0 };
  const seen = attend(
    tf,
    values,
    { values, present },
    attention as Record<AttentionWeight, tensorflow.Tensor>,
    options,
    null,
  );
  const middle = normalized(tf.add(values, seen), 'first');
  const inner = activationFunction(tf, 'gelu')(project(tf, middle, own('inner_kernel'), own('inner_bias')));
  const outer = project(tf, inner, own('outer_kernel'), own('outer_bias'));
  return statesOf(tf, normalized(tf.add(middle, outer), 'second'), present);
}

/** The mean over the pieces that stand there, brought to a length of 1; zeros for a text without any. `[batch, features]` */
export function sentenceEmbedding(tf: TensorFlow, { values, present }: States): tensorflow.Tensor {
  const count = tf.maximum(tf.sum(present, 1, true), 1);
  const mean = tf.div(tf.sum(values, 1), count);
  const squares = tf.sum(tf.square(mean), -1, true);
  return tf.mul(mean, tf.rsqrt(tf.maximum(squares, 1e-24)));
}
