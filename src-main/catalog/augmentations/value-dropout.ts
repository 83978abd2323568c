/**
 * Hides values of tables: they become 0, which is the mean of a number and no category, just as a missing value is
 * prepared. The same as word dropout (Iyyer et al., 2015) where the inputs are counts of words. Unlike a dropout layer it
 * does not enlarge the rest.
 */
import { defineAugmentation } from '../definitions';
import { number } from '../fields';

export const definition = defineAugmentation({
  id: 'value-dropout',
  label: { en: 'Hidden values', zh: '隐藏数值' },
  help: {
    en: 'Hides some of each row’s values, as if they were missing, so that the network does not rely on one column alone.',
    zh: '隐藏每行的部分值，如同缺失，使网络不只依赖某一列。',
  },
  fields: {
    share: number({
      label: { en: 'Share hidden', zh: '隐藏比例' },
      help: { en: 'How many of the values are hidden, on average.', zh: '平均有多少值被隐藏。' },
      default: 0.1,
      minimum: 0,
      maximum: 0.9,
      scale: 'linear',
    }),
  },
  kind: 'values',
  change(tf, { share }, draws, inputs) {
    const kept = tf.greaterEqual(draws.uniform(inputs.shape), share);
    return tf.mul(inputs, tf.cast(kept, 'float32'));
  },
});
