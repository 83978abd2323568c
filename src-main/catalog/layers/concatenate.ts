/** Concatenate: branches side by side, so that what follows sees all of them; it joins an inception block's. */
import type { Shape } from '../../contract';
import { defineMergingLayer, type ShapeProblem } from '../definitions';
import { choice } from '../fields';
import { numberOf } from '../keras-config';
import { branches, fullShape, mismatch, withoutParameters } from '../merging';

type Side = 'last' | 'first' | 'second';

export const definition = defineMergingLayer({
  id: 'concatenate',
  label: { en: 'Concatenate', zh: '拼接' },
  help: {
    en: 'Lays branches side by side, so that the next layer sees all of them. Nothing is learnt or lost.',
    zh: '把各分支并排放在一起，使下一层能看到全部。不学习也不丢失任何信息。',
  },
  formula: 'y = [x₁, x₂, …] along one side',
  glyph: 'combine',
  group: 'merge',
  fields: {
    side: choice<Side>({
      label: { en: 'Along', zh: '沿着' },
      help: {
        en: 'Which side grows. The last is the channels of a picture, the values of a row or of a step; all others must be equal.',
        zh: '哪条边变长。最后一条边是图片的通道，或一行、一步中的值；其他边必须相等。',
      },
      default: 'last',
      options: [
        { value: 'last', label: { en: 'Last side', zh: '最后一条边' } },
        { value: 'first', label: { en: 'First side', zh: '第一条边' } },
        { value: 'second', label: { en: 'Second side', zh: '第二条边' } },
      ],
      advanced: true,
    }),
  },
  inputs: branches,
  summary: ({ side }) =>
    ({
      last: { en: 'last side', zh: '最后一条边' },
      first: { en: 'first side', zh: '第一条边' },
      second: { en: 'second side', zh: '第二条边' },
    })[side],
  outputShape: ({ side }, inputs) => joined(side, inputs),
  parameters: withoutParameters,
  multiplyAdds: () => 0,
  build: (tf, { side }, { name }) => tf.layers.concatenate({ name, axis: { last: -1, first: 1, second: 2 }[side] }),
  example: {
    inputs: [
      [4, 4, 3],
      [4, 4, 3],
    ],
  },
  keras: {
    classNames: ['Concatenate'],
    read: (config) => ({ side: { 1: 'first', 2: 'second' }[numberOf(config, 'axis')] ?? 'last' }),
  },
});

function joined(side: Side, inputs: readonly Shape[]): Shape | ShapeProblem {
  const [first = []] = inputs;
  const axis = { last: first.length - 1, first: 0, second: 1 }[side];
  if (axis >= first.length) {
    return {
      problem: {
        en: `A branch of ${fullShape(first)} has no second side to grow along.`,
        zh: `形状为 ${fullShape(first)} 的分支没有第二条边。`,
      },
      repair: { label: { en: 'Use the last side', zh: '改用最后一条边' }, set: { side: 'last' } },
    };
  }
  const fits = inputs.every(
    (shape) => shape.length === first.length && shape.every((size, at) => at === axis || size === first[at]),
  );
  if (!fits) return mismatch(inputs, axis);
  const grown = inputs.reduce((total, shape) => total + (shape[axis] ?? 0), 0);
  return first.map((size, at) => (at === axis ? grown : size));
}
