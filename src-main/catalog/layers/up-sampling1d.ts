/** Up-sampling 1D: each step several times, so that a sequence gets longer. */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import { integer } from '../fields';
import { sideOf } from '../keras-config';
import { ownLayer } from '../own-layer';
import { sequenceShape } from '../sequence-shapes';

export const definition = defineLayer({
  id: 'up-sampling1d',
  label: { en: 'Up-sampling 1D', zh: '一维上采样' },
  help: {
    en: 'Repeats each step, so that the sequence gets longer: the way back after pooling. Nothing is learnt.',
    zh: '重复每一步，使序列变长：池化的反向操作。不学习任何内容。',
  },
  formula: 'y[t, c] = x[⌊t / size⌋, c]',
  glyph: 'unfold-horizontal',
  group: 'shape',
  fields: {
    size: integer({
      label: { en: 'Times', zh: '倍数' },
      help: { en: 'How often each step is repeated.', zh: '每一步重复多少次。' },
      default: 2,
      minimum: 1,
      maximum: 256,
    }),
  },
  summary: ({ size }) => ({ en: `${size} × longer`, zh: `加长 ${size} 倍` }),
  outputShape({ size }, input) {
    const sequence = sequenceShape(input);
    return 'problem' in sequence ? sequence : [sequence.steps * size, sequence.features];
  },
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, context) =>
    ownLayer(tf, context, {
      className: 'RepeatedSteps',
      outputShape: (input): Shape | ShapeProblem => definition.outputShape(values, [input]),
      call(input) {
        const [, steps = 0, features = 0] = input.shape;
        const repeated = tf.mul(input.reshape([-1, steps, 1, features]), tf.ones([1, 1, values.size, 1]));
        return repeated.reshape([-1, steps * values.size, features]);
      },
    }),
  example: { input: [4, 3] },
  keras: { classNames: ['UpSampling1D'], read: (config) => ({ size: sideOf(config, 'size') }) },
});
