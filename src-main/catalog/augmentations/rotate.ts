/** Turns pictures about their centre. */
import type * as tensorflow from '@tensorflow/tfjs';
import { between } from '../augmentation-parts';
import { defineAugmentation } from '../definitions';
import { number } from '../fields';

export const definition = defineAugmentation({
  id: 'rotate',
  label: { en: 'Turn', zh: '旋转' },
  help: {
    en: 'Turns each picture by a small angle of its own. What was outside the picture becomes black.',
    zh: '把每张图片各自旋转一个小角度。原本在图片之外的部分变为黑色。',
  },
  fields: {
    degrees: number({
      label: { en: 'Most degrees', zh: '最大角度' },
      help: { en: 'The angle is drawn from minus this to plus this.', zh: '角度在正负该值之间随机选取。' },
      default: 10,
      minimum: 0,
      maximum: 180,
      scale: 'linear',
    }),
  },
  kind: 'geometry',
  placement(tf, { degrees }, draws, { batch }) {
    const most = (degrees * Math.PI) / 180;
    const angle = between(tf, draws, batch, [-most, most]);
    const cosine = tf.cos(angle);
    const sine: tensorflow.Tensor1D = tf.sin(angle);
    return { xx: cosine, xy: tf.neg(sine), yx: sine, yy: cosine };
  },
});
