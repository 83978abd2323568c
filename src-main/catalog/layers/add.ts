/** Add: the sum of branches, number by number; with what went round some layers it makes a residual block (He et al. 2015). */
import { defineMergingLayer } from '../definitions';
import { elementwise } from '../merging';

export const definition = defineMergingLayer({
  id: 'add',
  label: { en: 'Add', zh: '相加' },
  help: {
    en: 'Adds up branches, number by number. Added to what went round some layers, those need to learn only the difference.',
    zh: '把各分支逐个数相加。与绕过若干层的输入相加时，这些层只需学习差别。',
  },
  formula: 'y = x₁ + x₂ + …',
  glyph: 'plus',
  ...elementwise,
  build: (tf, _values, { name }) => tf.layers.add({ name }),
  keras: { classNames: ['Add'], read: () => ({}) },
});
