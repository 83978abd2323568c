/** Permute: the sides of an example in another order. */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import { choice } from '../fields';
import { KerasMismatch, own } from '../keras-config';
import { ownLayer } from '../own-layer';

type Order = '2-1' | '1-3-2' | '2-1-3' | '2-3-1' | '3-1-2' | '3-2-1';

const options = [
  { value: '2-1', label: { en: '2, 1: swap both sides', zh: '2, 1：交换两边' } },
  { value: '1-3-2', label: { en: '1, 3, 2', zh: '1, 3, 2' } },
  { value: '2-1-3', label: { en: '2, 1, 3', zh: '2, 1, 3' } },
  { value: '2-3-1', label: { en: '2, 3, 1', zh: '2, 3, 1' } },
  { value: '3-1-2', label: { en: '3, 1, 2', zh: '3, 1, 2' } },
  { value: '3-2-1', label: { en: '3, 2, 1', zh: '3, 2, 1' } },
] as const;

const placesOf = (order: Order) => order.split('-').map(Number);

function permuted(order: Order, input: Shape): Shape | ShapeProblem {
  const places = placesOf(order);
  if (places.length === input.length) return places.map((place) => input[place - 1] ?? 0);
  const problem = {
    en: `The order ${places.join(', ')} is for ${places.length} sides, but the shape is ${input.join(' × ')}.`,
    zh: `顺序 ${places.join(', ')} 适用于 ${places.length} 条边，但形状是 ${input.join(' × ')}。`,
  };
  if (input.length !== 2 && input.length !== 3) return { problem };
  const fitting: Order = input.length === 2 ? '2-1' : '2-1-3';
  const swap = { en: 'Swap the first two sides', zh: '交换前两条边' };
  return { problem, repair: { label: swap, set: { order: fitting } } };
}

export const definition = defineLayer({
  id: 'permute',
  label: { en: 'Permute', zh: '置换' },
  help: {
    en: 'Puts the sides of each example in another order, such as features × steps for steps × features. Nothing is learnt or lost.',
    zh: '把每个样本的各条边换一个顺序，例如把“步 × 特征”变成“特征 × 步”。不学习也不丢失任何信息。',
  },
  formula: 'side k of y = side order[k] of x',
  glyph: 'arrow-left-right',
  group: 'shape',
  fields: {
    order: choice<Order>({
      label: { en: 'Order', zh: '顺序' },
      help: {
        en: 'Which side of the input comes first, second and third. Sequences have two sides, pictures three.',
        zh: '输入的哪条边排第一、第二、第三。序列有两条边，图片有三条。',
      },
      default: '2-1',
      options,
    }),
  },
  summary: ({ order }) => ({ en: placesOf(order).join(', '), zh: placesOf(order).join(', ') }),
  outputShape: ({ order }, input) => permuted(order, input),
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, { order }, context) =>
    ownLayer(tf, context, {
      className: 'PermutedSides',
      outputShape: (input) => permuted(order, input),
      call: (input) => tf.transpose(input, [0, ...placesOf(order)]),
    }),
  example: { input: [4, 3] },
  keras: {
    classNames: ['Permute'],
    read(config) {
      const places = own(config, 'dims');
      const order = Array.isArray(places) ? places.join('-') : '';
      // Sides that stay where they are need no layer, and there is no order for it.
      if (options.every(({ value }) => value !== order)) {
        throw new KerasMismatch(`dims is ${JSON.stringify(places ?? null)}; known are orders of two or three sides`);
      }
      return { order };
    },
  },
});
