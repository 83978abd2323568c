/** Zero padding 1D: steps of zeros before and after a sequence. */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import { integer } from '../fields';
import { endsOf, own } from '../keras-config';
import { ownLayer } from '../own-layer';
import { sequenceShape } from '../sequence-shapes';

export const definition = defineLayer({
  id: 'zero-padding1d',
  label: { en: 'Zero padding 1D', zh: '一维补零' },
  help: {
    en: 'Adds steps of zeros before and after a sequence, so that windows reach its ends.',
    zh: '在序列前后添加全零的步，使窗口能到达两端。',
  },
  formula: 'y[t, c] = x[t − before, c] inside, 0 outside',
  glyph: 'between-vertical-start',
  group: 'shape',
  fields: {
    before: integer({
      label: { en: 'Before', zh: '之前' },
      help: { en: 'Steps of zeros before the first one.', zh: '第一步之前补零的步数。' },
      default: 1,
      minimum: 0,
      maximum: 1024,
    }),
    after: integer({
      label: { en: 'After', zh: '之后' },
      help: { en: 'Steps of zeros after the last one.', zh: '最后一步之后补零的步数。' },
      default: 1,
      minimum: 0,
      maximum: 1024,
    }),
  },
  summary: ({ before, after }) => ({ en: `${before} + ${after} steps`, zh: `${before} + ${after} 步` }),
  outputShape({ before, after }, input) {
    const sequence = sequenceShape(input);
    return 'problem' in sequence ? sequence : [before + sequence.steps + after, sequence.features];
  },
  parameters: () => ({ trainable: 0, fixed: 0 }),
  build: (tf, values, context) =>
    ownLayer(tf, context, {
      className: 'ZeroPaddedSteps',
      outputShape: (input): Shape | ShapeProblem => definition.outputShape(values, [input]),
      call: (input) => tf.pad(input, [[0, 0], [values.before, values.after], [0, 0]]), // prettier-ignore
    }),
  example: { input: [4, 3] },
  keras: {
    classNames: ['ZeroPadding1D'],
    read(config) {
      const { before, after } = endsOf(own(config, 'padding'), 'padding');
      return { before, after };
    },
  },
});
