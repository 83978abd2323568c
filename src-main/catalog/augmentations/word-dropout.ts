/**
 * Hides words of texts: their code becomes 0, as of a word that is not in the vocabulary (word dropout, Iyyer et al., 2015).
 * The others keep their places.
 */
import { defineAugmentation } from '../definitions';
import { number } from '../fields';

export const definition = defineAugmentation({
  id: 'word-dropout',
  label: { en: 'Hidden words', zh: '隐藏词语' },
  help: {
    en: 'Hides some of each text’s words, as if they were not known, so that the network does not rely on a few words alone. Of ratings it hides users, items and what is known of them, so that new ones are answered better.',
    zh: '隐藏每段文本中的部分词语，如同不认识，使网络不只依赖少数几个词。对评分数据，隐藏的是用户、物品及其信息，使新用户和新物品得到更好的回答。',
  },
  fields: {
    share: number({
      label: { en: 'Share hidden', zh: '隐藏比例' },
      help: { en: 'How many of the words are hidden, on average.', zh: '平均有多少词语被隐藏。' },
      default: 0.2,
      minimum: 0,
      maximum: 0.9,
      scale: 'linear',
    }),
  },
  kind: 'codes',
  change(tf, { share }, draws, codes) {
    const kept = tf.greaterEqual(draws.uniform(codes.shape), share);
    return tf.mul(codes, tf.cast(kept, 'float32'));
  },
});
