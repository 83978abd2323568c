/** Multiply: the product of branches, number by number; by numbers from 0 to 1 it lets more or less through. */
import { defineMergingLayer } from '../definitions';
import { elementwise } from '../merging';

export const definition = defineMergingLayer({
  id: 'multiply',
  label: { en: 'Multiply', zh: '相乘' },
  help: {
    en: 'Multiplies branches, number by number. With one that ends in sigmoid, it lets more or less of the other through.',
    zh: '把各分支逐个数相乘。若其中一个以 Sigmoid 结尾，它就控制另一个通过多少。',
  },
  formula: 'y = x₁ · x₂ · …',
  glyph: 'x',
  ...elementwise,
  multiplyAdds: (_values, inputs, output) => (inputs.length - 1) * output.reduce((product, side) => product * side, 1),
  build: (tf, _values, { name }) => tf.layers.multiply({ name }),
  keras: { classNames: ['Multiply'], read: () => ({}) },
});
