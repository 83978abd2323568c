/** Zero padding 2D: a frame of zeros around a picture. */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import { integer } from '../fields';
import { expectOneOf, frameOf } from '../keras-config';
import { ownLayer } from '../own-layer';
import { pictureShape } from '../shapes';

export const definition = defineLayer({
  id: 'zero-padding2d',
  label: { en: 'Zero padding 2D', zh: '二维补零' },
  help: {
    en: 'Puts a frame of zeros around pictures, so that windows reach the edges and sizes fit.',
    zh: '在图片四周加一圈零，使窗口能到达边缘、尺寸相符。',
  },
  formula: 'y[i, j, c] = x[i − vertical, j − horizontal, c] inside, 0 outside',
  glyph: 'frame',
  group: 'shape',
  fields: {
    vertical: integer({
      label: { en: 'Top and bottom', zh: '上下' },
      help: { en: 'Rows of zeros above and below.', zh: '上方和下方各补多少行零。' },
      default: 1,
      minimum: 0,
      maximum: 256,
    }),
    horizontal: integer({
      label: { en: 'Left and right', zh: '左右' },
      help: { en: 'Columns of zeros on either side.', zh: '左侧和右侧各补多少列零。' },
      default: 1,
      minimum: 0,
      maximum: 256,
    }),
  },
  summary: ({ vertical, horizontal }) => ({ en: `${vertical} · ${horizontal}`, zh: `${vertical} · ${horizontal}` }),
  outputShape({ vertical, horizontal }, input) {
    const picture = pictureShape(input);
    if ('problem' in picture) return picture;
    return [picture.height + 2 * vertical, picture.width + 2 * horizontal, picture.channels];
  },
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, context) =>
    ownLayer(tf, context, {
      className: 'ZeroPaddedPicture',
      outputShape: (input): Shape | ShapeProblem => definition.outputShape(values, [input]),
      call: (input) =>
        tf.pad(input, [
          [0, 0],
          [values.vertical, values.vertical],
          [values.horizontal, values.horizontal],
          [0, 0],
        ]),
    }),
  example: { input: [4, 3, 2] },
  keras: {
    classNames: ['ZeroPadding2D'],
    read(config) {
      expectOneOf(config, 'data_format', ['channels_last']);
      return frameOf(config, 'padding');
    },
  },
});
