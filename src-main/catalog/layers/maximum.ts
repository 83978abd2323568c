/** Maximum: the largest of branches, number by number (maxout: Goodfellow et al. 2013). */
import { defineMergingLayer } from '../definitions';
import { elementwise } from '../merging';

export const definition = defineMergingLayer({
  id: 'maximum',
  label: { en: 'Maximum', zh: '最大值' },
  help: {
    en: 'Keeps the largest number of all branches at each place: whichever branch sees most there decides.',
    zh: '在每个位置保留所有分支中最大的数：由该处反应最强的分支决定。',
  },
  formula: 'y = max(x₁, x₂, …)',
  glyph: 'chevrons-up',
  ...elementwise,
  build: (tf, _values, { name }) => tf.layers.maximum({ name }),
  keras: { classNames: ['Maximum'], read: () => ({}) },
});
