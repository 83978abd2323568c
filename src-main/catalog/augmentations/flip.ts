/** Mirrors pictures, each by the throw of a coin. */
import { defineAugmentation } from '../definitions';
import { choice, number } from '../fields';

export const definition = defineAugmentation({
  id: 'flip',
  label: { en: 'Mirror', zh: '镜像' },
  help: {
    en: 'Mirrors some of the pictures. For things that look as real mirrored, such as animals; not for digits or letters.',
    zh: '把一部分图片镜像翻转。适合镜像后仍然真实的事物（如动物），不适合数字或文字。',
  },
  fields: {
    direction: choice<'horizontal' | 'vertical'>({
      label: { en: 'Direction', zh: '方向' },
      help: { en: 'Left and right change places, or top and bottom.', zh: '左右互换，或上下互换。' },
      default: 'horizontal',
      options: [
        { value: 'horizontal', label: { en: 'Left and right', zh: '左右' } },
        { value: 'vertical', label: { en: 'Top and bottom', zh: '上下' } },
      ],
    }),
    probability: number({
      label: { en: 'Share mirrored', zh: '翻转比例' },
      help: { en: 'How many of the pictures are mirrored, on average.', zh: '平均有多少图片被翻转。' },
      default: 0.5,
      minimum: 0,
      maximum: 1,
      scale: 'linear',
    }),
  },
  kind: 'geometry',
  placement(tf, { direction, probability }, draws, { batch }) {
    const mirrored = tf.cast(tf.less(draws.uniform([batch]), probability), 'float32');
    const sign = tf.sub(1, tf.mul(mirrored, 2)).as1D();
    return direction === 'horizontal' ? { xx: sign } : { yy: sign };
  },
});
