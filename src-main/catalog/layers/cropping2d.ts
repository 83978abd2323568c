/** Cropping 2D: the edges of pictures cut off. */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import { integer } from '../fields';
import { expectOneOf, frameOf } from '../keras-config';
import { ownLayer } from '../own-layer';
import { pictureShape } from '../shapes';

export const definition = defineLayer({
  id: 'cropping2d',
  label: { en: 'Cropping 2D', zh: '二维裁剪' },
  help: {
    en: 'Cuts rows and columns off the edges of pictures, so that sizes fit where branches meet.',
    zh: '从图片边缘裁去若干行和列，使分支相接处的尺寸相符。',
  },
  formula: 'y[i, j, c] = x[i + vertical, j + horizontal, c]',
  glyph: 'crop',
  group: 'shape',
  fields: {
    vertical: integer({
      label: { en: 'Top and bottom', zh: '上下' },
      help: { en: 'Rows cut off above and below.', zh: '上方和下方各裁去多少行。' },
      default: 1,
      minimum: 0,
      maximum: 1024,
    }),
    horizontal: integer({
      label: { en: 'Left and right', zh: '左右' },
      help: { en: 'Columns cut off on either side.', zh: '左侧和右侧各裁去多少列。' },
      default: 1,
      minimum: 0,
      maximum: 1024,
    }),
  },
  summary: ({ vertical, horizontal }) => ({ en: `${vertical} · ${horizontal}`, zh: `${vertical} · ${horizontal}` }),
  outputShape({ vertical, horizontal }, input) {
    const picture = pictureShape(input);
    if ('problem' in picture) return picture;
    const [height, width] = [picture.height - 2 * vertical, picture.width - 2 * horizontal];
    if (height >= 1 && width >= 1) return [height, width, picture.channels];
    return {
      problem: {
        en: `Nothing is left of a picture of ${picture.height} × ${picture.width} after this.`,
        zh: `${picture.height} × ${picture.width} 的图片裁剪后什么也不剩。`,
      },
      repair: { label: { en: 'Cut nothing off', zh: '不裁剪' }, set: { vertical: 0, horizontal: 0 } },
    };
  },
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, context) =>
    ownLayer(tf, context, {
      className: 'CroppedPicture',
      outputShape: (input): Shape | ShapeProblem => definition.outputShape(values, [input]),
      call(input) {
        const [batch = 0, height = 0, width = 0, channels = 0] = input.shape;
        const { vertical, horizontal } = values;
        return tf.slice(
          input,
          [0, vertical, horizontal, 0],
          [batch, height - 2 * vertical, width - 2 * horizontal, channels],
        );
      },
    }),
  example: { input: [5, 4, 2] },
  keras: {
    classNames: ['Cropping2D'],
    read(config) {
      expectOneOf(config, 'data_format', ['channels_last']);
      return frameOf(config, 'cropping');
    },
  },
});
