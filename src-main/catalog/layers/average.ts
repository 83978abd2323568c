/** Average: the mean of branches, number by number. */
import { defineMergingLayer } from '../definitions';
import { branches, elementwiseShape, withoutParameters } from '../merging';

export const definition = defineMergingLayer({
  id: 'average',
  label: { en: 'Average', zh: '平均' },
  help: {
    en: 'Takes the mean of branches, number by number, as a vote in which every branch counts the same.',
    zh: '对各分支逐个数取平均，如同每个分支权重相同的投票。',
  },
  formula: 'y = (x₁ + … + xₙ) / n',
  glyph: 'equal',
  group: 'merge',
  fields: {},
  inputs: branches,
  summary: () => ({ en: 'number by number', zh: '逐个数' }),
  outputShape: (_values, inputs) => elementwiseShape(inputs),
  parameters: withoutParameters,
  multiplyAdds: () => 0,
  build: (tf, _values, { name }) => tf.layers.average({ name }),
  example: {
    inputs: [
      [4, 4, 3],
      [4, 4, 3],
    ],
  },
  keras: { classNames: ['Average'], read: () => ({}) },
});
