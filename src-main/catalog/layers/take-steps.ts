/** Take steps: some steps in a row of a sequence, or some values in a row, for a branch that needs no others. */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import { integer } from '../fields';
import { ownLayer } from '../own-layer';
import { markPresent, presentSteps } from '../padding-steps';

function taken(
  { first, count }: { readonly first: number; readonly count: number },
  input: Shape,
): Shape | ShapeProblem {
  const [steps = 0, ...rest] = input;
  if (first - 1 + count <= steps) return [count, ...rest];
  const left = steps - first + 1;
  return {
    problem: {
      en: `There are ${steps} steps, so ${count} from step ${first} on cannot be taken.`,
      zh: `只有 ${steps} 步，无法从第 ${first} 步起取 ${count} 步。`,
    },
    repair:
      left > 0
        ? { label: { en: `Take ${left}`, zh: `取 ${left} 步` }, set: { count: left } }
        : { label: { en: 'Begin at the first', zh: '从第一步开始' }, set: { first: 1, count: Math.min(count, steps) } },
  };
}

export const definition = defineLayer({
  id: 'take-steps',
  label: { en: 'Take steps', zh: '取若干步' },
  help: {
    en: 'Takes some steps in a row and leaves the others: of the codes of a rating, the user and the item. Nothing is learnt.',
    zh: '取连续的若干步，舍去其余：例如从一条评分的编号中只取用户和物品。不学习任何参数。',
  },
  formula: 'y[t] = x[first − 1 + t], t = 1 … count',
  glyph: 'scissors',
  group: 'shape',
  fields: {
    first: integer({
      label: { en: 'First step', zh: '第一步' },
      help: { en: 'Where to begin; 1 is the first.', zh: '从哪一步开始；1 为第一步。' },
      default: 1,
      minimum: 1,
      maximum: 1048576,
    }),
    count: integer({
      label: { en: 'Steps', zh: '步数' },
      help: { en: 'How many are taken.', zh: '取多少步。' },
      default: 2,
      minimum: 1,
      maximum: 1048576,
    }),
  },
  summary: ({ first, count }) => ({
    en: count === 1 ? `step ${first}` : `steps ${first} to ${first + count - 1}`,
    zh: count === 1 ? `第 ${first} 步` : `第 ${first} 至 ${first + count - 1} 步`,
  }),
  outputShape: taken,
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, context) =>
    ownLayer(tf, context, {
      className: 'TakenSteps',
      outputShape: (input) => taken(values, input),
      call(input) {
        const rest = input.shape.slice(2);
        const from = [0, values.first - 1, ...rest.map(() => 0)];
        const output = tf.slice(input, from, [-1, values.count, ...rest]);
        const present = presentSteps(input);
        if (present) markPresent(output, tf.slice(present, from.slice(0, 2), [-1, values.count]));
        return output;
      },
    }),
  example: { input: [6, 3] },
});
