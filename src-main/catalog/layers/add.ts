/** Add: the sum of branches, number by number; with what went round some layers it makes a residual block (He et al. 2015). */
import { defineMergingLayer } from '../definitions';
import { branches, elementwiseShape, withoutParameters } from '../merging';

export const definition = defineMergingLayer({
  id: 'add',
  label: { en: 'Add', zh: '相加' },
  help: {
    en: 'Adds up branches, number by number. Added to what went round some layers, those need to learn only the difference.',
    zh: '把各分支逐个数相加。与绕过若干层的输入相加时，这些层只需学习差别。',
  },
  formula: 'y = x₁ + x₂ + …',
  glyph: 'plus',
  group: 'merge',
  fields: {},
  inputs: branches,
  summary: () => ({ en: 'number by number', zh: '逐个数' }),
  outputShape: (_values, inputs) => elementwiseShape(inputs),
  parameters: withoutParameters,
  multiplyAdds: () => 0,
  build: (tf, _values, { name }) => tf.layers.add({ name }),
  example: {
    inputs: [
      [4, 4, 3],
      [4, 4, 3],
    ],
  },
  keras: { classNames: ['Add'], read: () => ({}) },
});
