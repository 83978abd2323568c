/**
 * Changes the saturation and hue of coloured pictures. A pixel (r, g, b) is a grey, the mean of the three, and the rest,
 * its colour, at a right angle to the axis of greys; the colour is made longer or shorter (saturation) and turned about
 * that axis (hue). Both are one matrix, whose rows are the same three numbers shifted: same·X + next·X′ + last·X″, where
 * X′ and X″ are the channels shifted by one and by two. Greys stay as they are.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { between, keptInRange, perPicture } from '../augmentation-parts';
import { defineAugmentation } from '../definitions';
import { number } from '../fields';

export const definition = defineAugmentation({
  id: 'colour',
  label: { en: 'Colour', zh: '色彩' },
  help: {
    en: 'Makes the colours of each picture stronger or weaker and turns them towards other colours. Grey pictures stay as they are.',
    zh: '增强或减弱每张图片的颜色，并使其偏向其他颜色。灰度图片保持不变。',
  },
  fields: {
    saturation: number({
      label: { en: 'Saturation', zh: '饱和度' },
      help: {
        en: 'The farthest from the first saturation: 0.3 is from 0.7 to 1.3 times.',
        zh: '与原饱和度的最大差距：0.3 表示 0.7 到 1.3 倍。',
      },
      default: 0.3,
      minimum: 0,
      maximum: 1,
      scale: 'linear',
    }),
    hue: number({
      label: { en: 'Hue, most degrees', zh: '色相最大角度' },
      help: {
        en: 'The angle on the colour wheel is drawn from minus this to plus this; 120 turns red to green.',
        zh: '色环上的角度在正负该值之间随机选取；120 使红色变为绿色。',
      },
      default: 10,
      minimum: 0,
      maximum: 180,
      scale: 'linear',
    }),
  },
  kind: 'pixels',
  change(tf, { saturation, hue }, draws, pictures) {
    const [batch, , , channels] = pictures.shape;
    if (channels !== 3) return pictures;
    const factor = between(tf, draws, batch, [1 - saturation, 1 + saturation]);
    const most = (hue * Math.PI) / 180;
    const angle = between(tf, draws, batch, [-most, most]);
    const along = tf.mul(factor, tf.cos(angle));
    const across = tf.div(tf.mul(factor, tf.sin(angle)), Math.sqrt(3));
    const rest = tf.div(tf.sub(1, along), 3);
    const weights = [tf.add(rest, along), tf.sub(rest, across), tf.add(rest, across)];
    const [red, green, blue] = tf.split<tensorflow.Tensor4D>(pictures, 3, 3) as Channels;
    const shifted = [pictures, tf.concat([green, blue, red], 3), tf.concat([blue, red, green], 3)];
    const mixed = shifted.map((some, i) => tf.mul(some, perPicture((weights[i] ?? rest).as1D())));
    return keptInRange(tf, tf.addN(mixed) as tensorflow.Tensor4D);
  },
});

type Channels = [tensorflow.Tensor4D, tensorflow.Tensor4D, tensorflow.Tensor4D];
