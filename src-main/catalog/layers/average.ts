/** Average: the mean of branches, number by number. */
import { defineMergingLayer } from '../definitions';
import { elementwise } from '../merging';

export const definition = defineMergingLayer({
  id: 'average',
  label: { en: 'Average', zh: '平均' },
  help: {
    en: 'Takes the mean of branches, number by number, as a vote in which every branch counts the same.',
    zh: '对各分支逐个数取平均，如同每个分支权重相同的投票。',
  },
  formula: 'y = (x₁ + … + xₙ) / n',
  glyph: 'equal',
  ...elementwise,
  build: (tf, _values, { name }) => tf.layers.average({ name }),
  keras: { classNames: ['Average'], read: () => ({}) },
});
