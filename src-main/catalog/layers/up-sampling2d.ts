/** Up-sampling 2D: pictures made larger by repeating pixels, or smoothly between them. */
import { defineLayer } from '../definitions';
import { choice, integer } from '../fields';
import { expectOneOf, sideOf } from '../keras-config';
import { pictureShape } from '../shapes';

export const definition = defineLayer({
  id: 'up-sampling2d',
  label: { en: 'Up-sampling 2D', zh: '二维上采样' },
  help: {
    en: 'Makes pictures larger: the way back after pooling. Nothing is learnt; a transposed convolution learns how.',
    zh: '放大图片：池化的反向操作。不学习任何内容；转置卷积会学习如何放大。',
  },
  formula: 'nearest: y[i, j, c] = x[⌊i / size⌋, ⌊j / size⌋, c]; bilinear: in between by distance',
  glyph: 'expand',
  group: 'convolution',
  fields: {
    size: integer({
      label: { en: 'Times', zh: '倍数' },
      help: { en: 'How many times larger each side becomes.', zh: '每条边放大多少倍。' },
      default: 2,
      minimum: 1,
      maximum: 16,
    }),
    interpolation: choice<'nearest' | 'bilinear'>({
      label: { en: 'Interpolation', zh: '插值' },
      help: {
        en: 'Nearest repeats each pixel; bilinear goes smoothly from one to the next.',
        zh: '“最近邻”重复每个像素；“双线性”在像素之间平滑过渡。',
      },
      default: 'nearest',
      options: [
        { value: 'nearest', label: { en: 'Nearest', zh: '最近邻' } },
        { value: 'bilinear', label: { en: 'Bilinear', zh: '双线性' } },
      ],
    }),
  },
  summary: ({ size }) => ({ en: `${size} × larger`, zh: `放大 ${size} 倍` }),
  outputShape({ size }, input) {
    const picture = pictureShape(input);
    return 'problem' in picture ? picture : [picture.height * size, picture.width * size, picture.channels];
  },
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, { size, interpolation }, { name, inputShape }) =>
    tf.layers.upSampling2d({
      name,
      size: [size, size],
      interpolation,
      ...(inputShape ? { inputShape: [...inputShape] } : {}),
    }),
  example: { input: [3, 4, 2] },
  keras: {
    classNames: ['UpSampling2D'],
    read(config) {
      expectOneOf(config, 'data_format', ['channels_last']);
      // Keras places the new pixels half a pixel elsewhere when it goes smoothly between them.
      expectOneOf(config, 'interpolation', ['nearest']);
      return { size: sideOf(config, 'size'), interpolation: 'nearest' };
    },
  },
});
