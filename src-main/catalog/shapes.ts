/** Shape rules shared by the layers that work on pictures, `height × width × channels`. */
import type { Shape } from '../contract';
import type { ShapeProblem } from './definitions';
import { choice } from './fields';

export const paddingField = choice<'valid' | 'same'>({
  label: { en: 'Padding', zh: '填充' },
  help: {
    en: 'None moves the window only where it fits; same adds zeros at the edges, so that the size is kept.',
    zh: '“无”只在窗口放得下的地方移动；“保持”在边缘补零，使大小不变。',
  },
  default: 'valid',
  options: [
    { value: 'valid', label: { en: 'None', zh: '无' } },
    { value: 'same', label: { en: 'Same', zh: '保持' } },
  ],
});

export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A shape as a picture, or the problem that it is none. */
export function pictureShape(input: Shape): Picture | ShapeProblem {
  const [height, width, channels] = input;
  if (input.length === 3 && height !== undefined && width !== undefined && channels !== undefined) {
    return { height, width, channels };
  }
  return {
    problem: {
      en: `This layer needs pictures (height × width × channels), but gets the shape ${input.join(' × ')}. Put it before the layer that flattens.`,
      zh: `该层需要图片（高 × 宽 × 通道），但得到的形状是 ${input.join(' × ')}。请把它放在展平层之前。`,
    },
  };
}

/**
 * How many places a window has along one side.
 * valid: ⌊(size − window) / stride⌋ + 1; same: ⌈size / stride⌉.
 */
export function windowPlaces(size: number, window: number, stride: number, padding: 'valid' | 'same'): number {
  return padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - window) / stride) + 1;
}

/** The problem of a window that is larger than the picture, mended by padding. */
export function windowTooLarge(picture: Picture, window: number): ShapeProblem {
  return {
    problem: {
      en: `A window of ${window} × ${window} does not fit into a picture of ${picture.height} × ${picture.width}.`,
      zh: `${window} × ${window} 的窗口放不进 ${picture.height} × ${picture.width} 的图片。`,
    },
    repair: { label: { en: 'Keep the size with padding', zh: '用填充保持大小' }, set: { padding: 'same' } },
  };
}

/** Shape after a square window has moved over a picture. @param channels of the output. */
export function windowShape(
  values: { readonly kernelSize: number; readonly stride: number; readonly padding: 'valid' | 'same' },
  input: Shape,
  channels: number,
): Shape | ShapeProblem {
  const picture = pictureShape(input);
  if ('problem' in picture) return picture;
  const height = windowPlaces(picture.height, values.kernelSize, values.stride, values.padding);
  const width = windowPlaces(picture.width, values.kernelSize, values.stride, values.padding);
  return height < 1 || width < 1 ? windowTooLarge(picture, values.kernelSize) : [height, width, channels];
}
