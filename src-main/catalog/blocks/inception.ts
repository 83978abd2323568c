/**
 * The inception block (Szegedy et al. 2014): four ways of looking at a picture side by side. Two convolutions of 3 × 3 stand
 * for the pooling of the original's fourth way.
 */
import { dataSource, type LayerSpec } from '../../contract';
import { defineBlock } from '../definitions';
import { integer } from '../fields';
import { pictureShape } from '../shapes';

export const definition = defineBlock({
  id: 'inception',
  label: { en: 'Inception block', zh: 'Inception 块' },
  help: {
    en: 'Looks for patterns of several sizes at once, with windows of 1, 3, 5 and twice 3 pixels, and keeps what all found.',
    zh: '用 1、3、5 和两次 3 像素的窗口同时寻找多种大小的图案，并保留全部结果。',
  },
  glyph: 'git-fork',
  fields: {
    filters: integer({
      label: { en: 'Filters per branch', zh: '每个分支的滤波器数' },
      help: {
        en: 'How many patterns each of the four branches looks for. Four times as many channels come out.',
        zh: '四个分支各寻找多少种图案。输出通道数是它的四倍。',
      },
      default: 16,
      minimum: 1,
      maximum: 512,
    }),
  },
  layers({ filters }, input) {
    const picture = pictureShape(input);
    if ('problem' in picture) return picture;
    const convolution = (id: string, kernelSize: number): LayerSpec => {
      return { id, type: 'conv2d', fields: { filters, kernelSize, padding: 'same', activation: 'relu' } };
    };
    const branch = (name: string, ...windows: number[]): LayerSpec[] =>
      windows.map((window, at) => ({
        ...convolution(`${name}-${at + 1}`, window),
        ...(at === 0 ? { inputs: [dataSource] } : {}),
      }));
    return [
      ...branch('one', 1),
      ...branch('three', 1, 3),
      ...branch('five', 1, 5),
      ...branch('twice', 1, 3, 3),
      { id: 'join', type: 'concatenate', fields: {}, inputs: ['one-1', 'three-2', 'five-2', 'twice-3'] },
    ];
  },
  example: { input: [6, 6, 3] },
});
