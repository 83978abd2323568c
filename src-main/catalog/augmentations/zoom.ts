/** Makes pictures larger or smaller about their centre. */
import { amountField, between } from '../augmentation-parts';
import { defineAugmentation } from '../definitions';

export const definition = defineAugmentation({
  id: 'zoom',
  label: { en: 'Zoom', zh: '缩放' },
  help: {
    en: 'Makes what each picture shows a little larger or smaller. The picture keeps its size; what was outside becomes black.',
    zh: '把每张图片的内容略微放大或缩小。图片尺寸不变，原本在图片之外的部分变为黑色。',
  },
  fields: {
    amount: amountField(0.1, 0.9, {
      en: 'The farthest from the first size: 0.1 is from 0.9 to 1.1 times.',
      zh: '与原大小的最大差距：0.1 表示 0.9 到 1.1 倍。',
    }),
  },
  kind: 'geometry',
  placement(tf, { amount }, draws, { batch }) {
    const scale = tf.div(1, between(tf, draws, batch, [1 - amount, 1 + amount])).as1D();
    return { xx: scale, yy: scale };
  },
});
