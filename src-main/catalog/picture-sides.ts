/** Height and width of pictures as a person chooses them. */
import { integer } from './fields';

/** @param side of both, in pixels, until something else is chosen. */
export function pixelSides(side: number) {
  const help = { en: 'In pixels.', zh: '以像素计。' };
  const bounds = { default: side, minimum: 1, maximum: 1024 };
  return {
    height: integer({ label: { en: 'Height', zh: '高' }, help, ...bounds }),
    width: integer({ label: { en: 'Width', zh: '宽' }, help, ...bounds }),
  };
}
