/** Squeeze and excitation (Hu et al. 2018): each channel times a number from 0 to 1 that the whole picture decides. */
import { dataSource, type LayerSpec } from '../../contract';
import { defineBlock } from '../definitions';
import { integer } from '../fields';
import { pictureShape } from '../shapes';

export const definition = defineBlock({
  id: 'squeeze-excite',
  label: { en: 'Squeeze-and-excite block', zh: '压缩激励块（SE）' },
  help: {
    en: 'Looks at the mean of each channel over the whole picture, and lets more of the channels through that matter in it. Costs little.',
    zh: '查看每个通道在整张图片上的平均值，让其中重要的通道多通过一些。开销很小。',
  },
  glyph: 'gauge',
  fields: {
    ratio: integer({
      label: { en: 'Reduction', zh: '压缩比' },
      help: {
        en: 'How many channels share one unit of the small network that decides. More makes it smaller.',
        zh: '做决定的小网络中，多少个通道共用一个单元。越大网络越小。',
      },
      default: 8,
      minimum: 1,
      maximum: 64,
    }),
  },
  layers({ ratio }, input) {
    const picture = pictureShape(input);
    if ('problem' in picture) return picture;
    const squeezed = Math.max(1, Math.round(picture.channels / ratio));
    const layers: LayerSpec[] = [
      { id: 'squeeze', type: 'global-average-pooling2d', fields: {}, inputs: [dataSource] },
      { id: 'less', type: 'dense', fields: { units: squeezed, activation: 'relu' } },
      { id: 'excite', type: 'dense', fields: { units: picture.channels, activation: 'sigmoid' } },
      { id: 'scale', type: 'multiply', fields: {}, inputs: [dataSource, 'excite'] },
    ];
    return layers;
  },
  example: { input: [6, 6, 4] },
});
