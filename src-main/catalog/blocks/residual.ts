/** The residual block (He et al. 2015): two convolutions, and a way round them that is added. The exemplar for a block. */
import { dataSource, type LayerSpec } from '../../contract';
import { defineBlock } from '../definitions';
import { integer, toggle } from '../fields';
import { pictureShape } from '../shapes';

export const definition = defineBlock({
  id: 'residual',
  label: { en: 'Residual block', zh: '残差块' },
  help: {
    en: 'Two convolutions whose result is added to what came in. Networks of many such blocks can still be trained.',
    zh: '两个卷积，其结果与输入相加。由许多这样的块组成的深网络仍然可以训练。',
  },
  glyph: 'git-merge',
  fields: {
    filters: integer({
      label: { en: 'Filters', zh: '滤波器数' },
      help: {
        en: 'How many patterns each convolution looks for. 0 keeps as many channels as come in.',
        zh: '每个卷积寻找多少种图案。0 表示与输入通道数相同。',
      },
      default: 0,
      minimum: 0,
      maximum: 2048,
    }),
    halve: toggle({
      label: { en: 'Halve the size', zh: '尺寸减半' },
      help: {
        en: 'On: the picture comes out at half its height and width.',
        zh: '开：输出图片的高和宽减半。',
      },
      default: false,
    }),
  },
  layers(values, input) {
    const picture = pictureShape(input);
    return 'problem' in picture ? picture : residualLayers(values, picture.channels);
  },
  example: { input: [6, 6, 3] },
});

/** @param values.filters 0 for as many as come in. @param channels that come in. */
export function residualLayers(
  values: { readonly filters: number; readonly halve: boolean },
  channels: number,
): LayerSpec[] {
  const filters = values.filters === 0 ? channels : values.filters;
  const stride = values.halve ? 2 : 1;
  const convolution = (id: string, kernelSize: number, step: number): LayerSpec => {
    return { id, type: 'conv2d', fields: { filters, kernelSize, stride: step, padding: 'same', activation: 'linear' } };
  };
  const normalization = (id: string): LayerSpec => ({ id, type: 'batch-normalization', fields: {} });
  const relu = (id: string): LayerSpec => ({ id, type: 'activation', fields: { activation: 'relu' } });
  // What goes round is brought to the same shape where it hasn't it.
  const isAlike = filters === channels && stride === 1;
  const shortcut: LayerSpec[] = isAlike ? [] : [{ ...convolution('shortcut', 1, stride), inputs: [dataSource] }];
  return [
    convolution('conv-1', 3, stride),
    normalization('norm-1'),
    relu('relu-1'),
    convolution('conv-2', 3, 1),
    normalization('norm-2'),
    ...shortcut,
    { id: 'add', type: 'add', fields: {}, inputs: ['norm-2', isAlike ? dataSource : 'shortcut'] },
    relu('relu-2'),
  ];
}
