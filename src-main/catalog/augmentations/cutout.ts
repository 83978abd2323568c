/**
 * Erases a square of pictures (DeVries and Taylor, 2017). Its centre is any pixel of the picture, so that it may lie
 * partly outside.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { defineAugmentation, type Draws, type TensorFlow } from '../definitions';
import { choice, number } from '../fields';

export const definition = defineAugmentation({
  id: 'cutout',
  label: { en: 'Cut-out', zh: '擦除' },
  help: {
    en: 'Erases a square somewhere in each picture, so that the network does not rely on one place alone.',
    zh: '在每张图片的随机位置擦除一个正方形，使网络不只依赖某一处。',
  },
  fields: {
    size: number({
      label: { en: 'Side', zh: '边长' },
      help: {
        en: 'Side of the square as a share of the picture’s shorter side.',
        zh: '正方形边长占图片较短边的比例。',
      },
      default: 0.25,
      minimum: 0,
      maximum: 1,
      scale: 'linear',
    }),
    probability: number({
      label: { en: 'Share erased', zh: '擦除比例' },
      help: { en: 'How many of the pictures have a square erased, on average.', zh: '平均有多少图片被擦除。' },
      default: 1,
      minimum: 0,
      maximum: 1,
      scale: 'linear',
    }),
    filling: choice<'black' | 'mean'>({
      label: { en: 'Filled with', zh: '填充' },
      help: {
        en: 'What is seen in the square: black, or the mean colour of the picture.',
        zh: '正方形内显示的内容：黑色，或图片的平均颜色。',
      },
      default: 'black',
      options: [
        { value: 'black', label: { en: 'Black', zh: '黑色' } },
        { value: 'mean', label: { en: 'Mean colour', zh: '平均颜色' } },
      ],
    }),
  },
  kind: 'pixels',
  change(tf, { size, probability, filling }, draws, pictures) {
    const [batch, height, width] = pictures.shape;
    const side = Math.round(size * Math.min(height, width));
    const chosen = tf.less(draws.uniform([batch, 1, 1, 1]), probability);
    const [columns, rows] = [
      covered(tf, draws, [batch, 1, width, 1], side),
      covered(tf, draws, [batch, height, 1, 1], side),
    ];
    const erased = tf.cast(tf.logicalAnd(tf.logicalAnd(columns, rows), chosen), 'float32');
    const kept = tf.mul(pictures, tf.sub(1, erased)) as tensorflow.Tensor4D;
    return filling === 'black' ? kept : tf.add(kept, tf.mul(tf.mean(pictures, [1, 2], true), erased));
  },
});

/** Which pixels along one side lie in the square. @param shape one side is the picture's, `[batch, 1, width, 1]`. */
function covered(
  tf: TensorFlow,
  draws: Draws,
  shape: [batch: number, height: number, width: number, channels: number],
  side: number,
): tensorflow.Tensor {
  const [batch, height, width] = shape;
  const length = height * width;
  const centre = tf.floor(tf.mul(draws.uniform([batch, 1, 1, 1]), length));
  const first = tf.sub(centre, Math.floor(side / 2));
  const places = tf.range(0, length, 1, 'float32').reshape([1, height, width, 1]);
  return tf.logicalAnd(tf.greaterEqual(places, first), tf.less(places, tf.add(first, side)));
}
