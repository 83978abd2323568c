/** Pictures made smaller or larger, the same for all. */
import { z } from 'zod';
import { integer } from '../fields';
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
  fields: {
    height: integer({
      label: { en: 'Height', zh: '高' },
      help: { en: 'In pixels.', zh: '以像素计。' },
      default: 32,
      minimum: 1,
      maximum: 1024,
    }),
    width: integer({
      label: { en: 'Width', zh: '宽' },
      help: { en: 'In pixels.', zh: '以像素计。' },
      default: 32,
      minimum: 1,
      maximum: 1024,
    }),
  },
  fitted: z.object({}),
  fit: () => ({}),
  apply: (pictures, _, size) => resized(pictures, size),
});
