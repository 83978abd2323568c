/** Repeat: one row of numbers as every step of a sequence, as a decoder needs it. */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import { integer } from '../fields';
import { numberOf } from '../keras-config';
import { ownLayer } from '../own-layer';

export const definition = defineLayer({
  id: 'repeat-vector',
  label: { en: 'Repeat', zh: '重复' },
  help: {
    en: 'Gives one row of numbers again at every step, so that a recurrent layer can unfold it into a sequence.',
    zh: '在每一步重复同一行数，使循环层能把它展开成序列。',
  },
  formula: 'y[t, c] = x[c]',
  glyph: 'copy-plus',
  group: 'shape',
  fields: {
    steps: integer({
      label: { en: 'Steps', zh: '步数' },
      help: { en: 'How many steps the sequence gets.', zh: '得到的序列有多少步。' },
      default: 8,
      minimum: 1,
      maximum: 65536,
    }),
  },
  summary: ({ steps }) => ({ en: `${steps} steps`, zh: `${steps} 步` }),
  outputShape({ steps }, input) {
    if (input.length === 1) return [steps, input[0] ?? 0];
    return {
      problem: {
        en: `Repeat needs one row of numbers per example, but gets the shape ${input.join(' × ')}.`,
        zh: `重复层要求每个样本是一行数，但得到的形状是 ${input.join(' × ')}。`,
      },
      repair: { label: { en: 'Put Flatten before it', zh: '在它前面加“展平”' }, insertBefore: 'flatten' },
    };
  },
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, context) =>
    ownLayer(tf, context, {
      className: 'RepeatedRow',
      outputShape: (input): Shape | ShapeProblem => definition.outputShape(values, [input]),
      call: (input) => tf.mul(input.reshape([-1, 1, input.shape[1] ?? 0]), tf.ones([1, values.steps, 1])),
    }),
  example: { input: [5] },
  keras: { classNames: ['RepeatVector'], read: (config) => ({ steps: numberOf(config, 'n') }) },
});
