/** Maximum: the largest of branches, number by number (maxout: Goodfellow et al. 2013). */
import { defineMergingLayer } from '../definitions';
import { branches, elementwiseShape, withoutParameters } from '../merging';

export const definition = defineMergingLayer({
  id: 'maximum',
  label: { en: 'Maximum', zh: '最大值' },
  help: {
    en: 'Keeps the largest number of all branches at each place: whichever branch sees most there decides.',
    zh: '在每个位置保留所有分支中最大的数：由该处反应最强的分支决定。',
  },
  formula: 'y = max(x₁, x₂, …)',
  glyph: 'chevrons-up',
  group: 'merge',
  fields: {},
  inputs: branches,
  summary: () => ({ en: 'number by number', zh: '逐个数' }),
  outputShape: (_values, inputs) => elementwiseShape(inputs),
  parameters: withoutParameters,
  multiplyAdds: () => 0,
  build: (tf, _values, { name }) => tf.layers.maximum({ name }),
  example: {
    inputs: [
      [4, 4, 3],
      [4, 4, 3],
    ],
  },
  keras: { classNames: ['Maximum'], read: () => ({}) },
});
