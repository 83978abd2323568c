/** Embedding: a learnt row of numbers for each word or category. The first layer of networks that read text. */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import { integer, toggle } from '../fields';
import { rowsOf } from '../gathering';
import { expectOneOf, numberOf, own, regularizersOf } from '../keras-config';
import { ownLayer } from '../own-layer';
import { markPresent } from '../padding-steps';
import { regularizer, regularizerFields } from '../weights';

export const definition = defineLayer({
  id: 'embedding',
  label: { en: 'Embedding', zh: '嵌入' },
  help: {
    en: 'Looks up a learnt row of numbers for each word or category code. Texts become steps × features. Code 0 fills up short texts: it is padding and gives zeros; global pooling and attention after it leave it out, recurrent layers read the zeros.',
    zh: '为每个词或类别编号查出一行学到的数，文本由此变成“步 × 特征”。编号 0 用来补齐短文本：它是填充，输出为零；之后的全局池化和注意力层会忽略它，循环层则把它当作零来读。',
  },
  formula: 'y[t] = E[x[t]]; where x[t] is 0 and padding is left out, y[t] = 0. Codes beyond the vocabulary count as 0',
  glyph: 'book-a',
  group: 'attention',
  fields: {
    vocabulary: integer({
      label: { en: 'Vocabulary', zh: '词表大小' },
      help: {
        en: 'How many different codes there are, 0 included: one more than the largest code.',
        zh: '共有多少个不同的编号（含 0）：比最大的编号多一。',
      },
      default: 2001,
      minimum: 2,
      maximum: 1000000,
    }),
    features: integer({
      label: { en: 'Features', zh: '特征数' },
      help: { en: 'How many numbers stand for each word or category.', zh: '每个词或类别用多少个数表示。' },
      default: 64,
      minimum: 1,
      maximum: 4096,
    }),
    ignorePadding: toggle({
      label: { en: 'Leave out padding', zh: '忽略填充' },
      help: {
        en: 'On: code 0 is padding, gives zeros, and does not count in global pooling and attention. Off: 0 is a code as any other.',
        zh: '开：编号 0 是填充，输出为零，在全局池化和注意力中不计入。关：0 与其他编号一样。',
      },
      default: true,
    }),
    ...regularizerFields,
  },
  codesField: 'vocabulary',
  summary: ({ vocabulary, features }) => ({
    en: `${vocabulary} codes · ${features}`,
    zh: `${vocabulary} 个编号 · ${features}`,
  }),
  outputShape({ features }, input) {
    const [steps] = input;
    if (input.length === 1 && steps !== undefined) return [steps, features];
    return {
      problem: {
        en: `Embedding looks up one code per step, but gets the shape ${input.join(' × ')}. Put it first, on the codes themselves.`,
        zh: `嵌入层按每步一个编号查表，但得到的形状是 ${input.join(' × ')}。请把它放在最前面，直接接收编号。`,
      },
      repair: { label: { en: 'Put Flatten before it', zh: '在它前面加“展平”' }, insertBefore: 'flatten' },
    };
  },
  parameters: ({ vocabulary, features }) => ({ trainable: vocabulary * features, fixed: 0 }),
  multiplyAdds: () => 0,
  build(tf, values, context) {
    const { vocabulary, features, ignorePadding } = values;
    return ownLayer(tf, context, {
      className: 'LookedUpRows',
      outputShape: (input): Shape | ShapeProblem => definition.outputShape(values, [input]),
      weights: () => ({
        table: {
          shape: [vocabulary, features],
          initializer: tf.initializers.randomUniform({ minval: -0.05, maxval: 0.05, seed: context.seed }),
          regularizer: regularizer(tf, values),
        },
      }),
      call(input, { weights }) {
        const known = tf.logicalAnd(tf.greaterEqual(input, 0), tf.less(input, vocabulary));
        const codes = tf.cast(tf.mul(input, tf.cast(known, 'float32')), 'int32');
        const rows = rowsOf(tf, weights.table, codes);
        if (!ignorePadding) return rows;
        const present = tf.cast(tf.greater(codes, 0), 'float32') as ReturnType<typeof tf.tensor2d>;
        const output = tf.mul(rows, tf.reshape(present, [...present.shape, 1]));
        markPresent(output, present);
        return output;
      },
    });
  },
  example: { input: [6], vocabulary: 5 },
  keras: {
    classNames: ['Embedding'],
    read(config) {
      expectOneOf(config, 'lora_rank', []);
      return {
        vocabulary: numberOf(config, 'input_dim'),
        features: numberOf(config, 'output_dim'),
        ignorePadding: own(config, 'mask_zero') === true,
        ...regularizersOf(config, 'embeddings'),
      };
    },
  },
});
