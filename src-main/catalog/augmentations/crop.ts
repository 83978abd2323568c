/**
 * Shows a random part of pictures. With the smallest part at 1 it is the crop of Krizhevsky (2009) and He et al. (2016):
 * a black border is put round the picture and a window of its own size cut out, at whole pixels. Below 1 the window is
 * smaller, by a factor of its own for each picture, and enlarged, as in the crops of Szegedy et al. (2015).
 */
import { between } from '../augmentation-parts';
import { defineAugmentation } from '../definitions';
import { number } from '../fields';

export const definition = defineAugmentation({
  id: 'crop',
  label: { en: 'Crop', zh: '裁剪' },
  help: {
    en: 'Shows a random part of each picture, enlarged to its size. A border round the picture lets the part reach beyond it; the border is black.',
    zh: '显示每张图片的一个随机部分，并放大到原尺寸。图片四周的边框使所取部分可以超出图片；边框为黑色。',
  },
  fields: {
    border: number({
      label: { en: 'Border', zh: '边框' },
      help: {
        en: 'Width of the border as a share of the picture: 0.125 is 4 pixels of 32.',
        zh: '边框宽度占图片的比例：0.125 相当于 32 像素中的 4 像素。',
      },
      default: 0.125,
      minimum: 0,
      maximum: 0.5,
      scale: 'linear',
    }),
    smallest: number({
      label: { en: 'Smallest part', zh: '最小部分' },
      help: {
        en: 'The smallest width and height of the part, as a share of the picture’s. At 1 nothing is enlarged.',
        zh: '所取部分的最小宽度和高度占图片的比例。为 1 时不放大。',
      },
      default: 1,
      minimum: 0.1,
      maximum: 1,
      scale: 'linear',
    }),
  },
  kind: 'geometry',
  placement(tf, { border, smallest }, draws, { batch, height, width }) {
    const scale = between(tf, draws, batch, [smallest, 1]);
    const along = (side: number) => {
      const most = Math.round(border * side);
      const drawn = draws.uniform([batch]);
      // Each of the 2·most + 1 whole moves is as likely as the others.
      if (smallest === 1) return tf.sub(tf.floor(tf.mul(drawn, 2 * most + 1)), most).as1D();
      const room = tf.add(tf.mul(tf.sub(1, scale), side / 2), most);
      return tf.mul(tf.sub(tf.mul(drawn, 2), 1), room).as1D();
    };
    return { xx: scale, yy: scale, x: along(width), y: along(height) };
  },
});
