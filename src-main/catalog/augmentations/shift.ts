/** Moves pictures sideways, up and down. */
import { between } from '../augmentation-parts';
import { defineAugmentation } from '../definitions';
import { number } from '../fields';

const share = (label: { readonly en: string; readonly zh: string }) =>
  number({
    label,
    help: {
      en: 'The farthest move, as a share of the picture: 0.1 is up to a tenth of it, either way.',
      zh: '最大移动距离占图片的比例：0.1 表示最多向任一方向移动十分之一。',
    },
    default: 0.1,
    minimum: 0,
    maximum: 0.9,
    scale: 'linear',
  });

export const definition = defineAugmentation({
  id: 'shift',
  label: { en: 'Shift', zh: '平移' },
  help: {
    en: 'Moves each picture by some whole pixels. What was outside the picture becomes black.',
    zh: '把每张图片移动若干整像素。原本在图片之外的部分变为黑色。',
  },
  fields: {
    horizontal: share({ en: 'Sideways', zh: '左右' }),
    vertical: share({ en: 'Up and down', zh: '上下' }),
  },
  kind: 'geometry',
  placement(tf, { horizontal, vertical }, draws, { batch, height, width }) {
    const pixels = (most: number) => tf.round(between(tf, draws, batch, [-most, most]));
    return { x: pixels(horizontal * width), y: pixels(vertical * height) };
  },
});
