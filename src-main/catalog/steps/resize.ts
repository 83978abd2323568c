/** Pictures made smaller or larger, the same for all. */
import { z } from 'zod';
import { pixelSides } from '../picture-sides';
import { resized } from '../picture-values';
import { defineStep } from '../step-definitions';

export const definition = defineStep({
  id: 'resize',
  label: { en: 'Resize', zh: '缩放图片' },
  help: {
    en: 'Makes every picture this large. Smaller pictures train much faster; what is finer than a pixel is lost. Other proportions stretch.',
    zh: '把每张图片变为此尺寸。图片越小训练越快，但小于一个像素的细节会丢失；比例不同会拉伸。',
  },
  takes: 'pictures',
  gives: 'pictures',
  suits: ['image'],
  fields: pixelSides(32),
  fitted: z.object({}),
  fit: () => ({}),
  apply: (pictures, _, size) => resized(pictures, size),
});
