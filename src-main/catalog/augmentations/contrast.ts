/** Makes the differences within pictures stronger or weaker. */
import { amountField, between, keptInRange, perPicture } from '../augmentation-parts';
import { defineAugmentation } from '../definitions';

export const definition = defineAugmentation({
  id: 'contrast',
  label: { en: 'Contrast', zh: '对比度' },
  help: {
    en: 'Makes the differences between light and dark in each picture stronger or weaker.',
    zh: '增强或减弱每张图片中明暗的差别。',
  },
  fields: {
    amount: amountField(0.2, 1, {
      en: 'The farthest from the first contrast: 0.2 is from 0.8 to 1.2 times the distance from the mean.',
      zh: '与原对比度的最大差距：0.2 表示与平均值的距离变为 0.8 到 1.2 倍。',
    }),
  },
  kind: 'pixels',
  change(tf, { amount }, draws, pictures) {
    const factor = perPicture(between(tf, draws, pictures.shape[0], [1 - amount, 1 + amount]));
    const mean = tf.mean(pictures, [1, 2, 3], true);
    return keptInRange(tf, tf.add(tf.mul(tf.sub(pictures, mean), factor), mean));
  },
});
