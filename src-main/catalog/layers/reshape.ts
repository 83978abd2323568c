/** Reshape: the values of an example in their order, as steps of equal length: a picture's rows for a recurrent layer. */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import { integer } from '../fields';
import { KerasMismatch, own } from '../keras-config';

export const definition = defineLayer({
  id: 'reshape',
  label: { en: 'Reshape', zh: '重排' },
  help: {
    en: 'Lays the values of an example out as steps × values per step, as recurrent layers need them. Rows of a picture become steps.',
    zh: '把一个样本的值排成“步数 × 每步的数”，供循环层使用。图片的每一行成为一步。',
  },
  formula: 'y[step, i] = the value at step · (values / steps) + i of x in order',
  glyph: 'table-rows-split',
  group: 'shape',
  fields: {
    steps: integer({
      label: { en: 'Steps', zh: '步数' },
      help: {
        en: 'How many steps the values are cut into. 0 keeps the first side: one step per row of a picture.',
        zh: '把所有值切成多少步。0 表示保持第一条边：图片每行一步。',
      },
      default: 0,
      minimum: 0,
      maximum: 1048576,
    }),
  },
  summary: ({ steps }) =>
    steps === 0 ? { en: 'rows to steps', zh: '每行一步' } : { en: `${steps} steps`, zh: `${steps} 步` },
  outputShape: (values, input) => stepsOf(values.steps, input),
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build(tf, { steps }, { name, inputShape }) {
    class Reshape extends tf.layers.Layer {
      static readonly className = 'ReshapeToSteps';

      override computeOutputShape(shape: (number | null)[] | (number | null)[][]): (number | null)[] {
        const [batch, ...input] = shape as number[];
        const output = stepsOf(steps, input);
        if ('problem' in output) throw new Error(output.problem.en);
        return [batch ?? null, ...output];
      }

      override call(inputs: Parameters<InstanceType<typeof tf.layers.Layer>['call']>[0]) {
        const input = Array.isArray(inputs) ? inputs[0] : inputs;
        if (!input) throw new Error('Reshape was called without an input');
        const [, ...shape] = this.computeOutputShape(input.shape) as number[];
        return tf.reshape(input, [-1, ...shape]);
      }
    }
    return new Reshape({ name, ...(inputShape ? { inputShape: [...inputShape] } : {}) });
  },
  example: { input: [4, 3, 2] },
  keras: {
    classNames: ['Reshape'],
    read(config) {
      const shape = own(config, 'target_shape');
      const steps: unknown = Array.isArray(shape) && shape.length === 2 ? shape[0] : null;
      if (typeof steps === 'number' && steps > 0) return { steps };
      throw new KerasMismatch('only a shape of steps × values is known');
    },
  },
});

function stepsOf(wanted: number, input: Shape): Shape | ShapeProblem {
  const size = input.reduce((product, side) => product * side, 1);
  const steps = wanted === 0 ? (input[0] ?? 1) : wanted;
  if (size % steps === 0) return [steps, size / steps];
  return {
    problem: {
      en: `${size} values (${input.join(' × ')}) cannot be cut into ${steps} equal steps.`,
      zh: `${size} 个值（${input.join(' × ')}）无法平均分成 ${steps} 步。`,
    },
    repair: { label: { en: 'One step per row', zh: '每行一步' }, set: { steps: 0 } },
  };
}
