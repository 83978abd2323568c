/** Makes pictures lighter or darker. */
import { amountField, between, keptInRange, perPicture } from '../augmentation-parts';
import { defineAugmentation } from '../definitions';

export const definition = defineAugmentation({
  id: 'brightness',
  label: { en: 'Brightness', zh: '亮度' },
  help: {
    en: 'Makes each picture a little lighter or darker, as other light would.',
    zh: '把每张图片略微变亮或变暗，如同光线不同。',
  },
  fields: {
    amount: amountField(0.1, 1, {
      en: 'The most that is added to or taken from every pixel; black is 0, white is 1.',
      zh: '每个像素最多加上或减去的值；黑为 0，白为 1。',
    }),
  },
  kind: 'pixels',
  change(tf, { amount }, draws, pictures) {
    const added = perPicture(between(tf, draws, pictures.shape[0], [-amount, amount]));
    return keptInRange(tf, tf.add(pictures, added));
  },
});
