/** The middle of pictures, without what lies around it. */
import { z } from 'zod';
import { pixelSides } from '../picture-sides';
import { cropped } from '../picture-values';
import { defineStep } from '../step-definitions';

export const definition = defineStep({
  id: 'crop',
  label: { en: 'Crop', zh: '裁剪图片' },
  help: {
    en: 'Keeps the middle of every picture and cuts the edges off. A side that is shorter already stays as it is.',
    zh: '保留每张图片的中央，裁去边缘。已经更短的边保持不变。',
  },
  takes: 'pictures',
  gives: 'pictures',
  suits: ['image'],
  fields: pixelSides(24),
  fitted: z.object({}),
  fit: () => ({}),
  apply: (pictures, _, size) => cropped(pictures, size),
});
