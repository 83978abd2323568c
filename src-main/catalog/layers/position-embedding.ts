/** Position embedding: what tells attention, which sees all steps at once, where each one stands. */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import { choice } from '../fields';
import { ownLayer } from '../own-layer';
import { sequenceShape } from '../sequence-shapes';

/**
 * Sines and cosines of Vaswani et al. (2017): `[steps · features]`, sin(t / 10000^(2i / features)) at 2i and the cosine at
 * 2i + 1.
 */
export function sinusoids(steps: number, features: number): Float32Array {
  return Float32Array.from({ length: steps * features }, (_, place) => {
    const [step, feature] = [Math.floor(place / features), place % features];
    const angle = step / 10000 ** ((2 * Math.floor(feature / 2)) / features);
    return feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}

function sameSequence(input: Shape): Shape | ShapeProblem {
  const sequence = sequenceShape(input);
  return 'problem' in sequence ? sequence : input;
}

export const definition = defineLayer({
  id: 'position-embedding',
  label: { en: 'Position embedding', zh: '位置嵌入' },
  help: {
    en: 'Adds to each step numbers that tell where it stands. Attention needs it: without it, the order of words is lost.',
    zh: '给每一步加上表示其位置的数。注意力层需要它：否则词的顺序会丢失。',
  },
  formula:
    'y[t] = x[t] + P[t]; learned: P are weights; sinusoidal: P[t, 2i] = sin(t / 10000^(2i / features)), P[t, 2i + 1] = cos(…)',
  glyph: 'list-ordered',
  group: 'attention',
  fields: {
    kind: choice<'learned' | 'sinusoidal'>({
      label: { en: 'Kind', zh: '种类' },
      help: {
        en: 'Learned finds its own numbers; sinusoidal has fixed sines and cosines, and nothing to learn.',
        zh: '“学习”自行找到合适的数；“正弦”使用固定的正弦和余弦，无需学习。',
      },
      default: 'learned',
      options: [
        { value: 'learned', label: { en: 'Learned', zh: '学习' } },
        { value: 'sinusoidal', label: { en: 'Sinusoidal', zh: '正弦' } },
      ],
    }),
  },
  summary: ({ kind }) => (kind === 'learned' ? { en: 'learned', zh: '学习' } : { en: 'sinusoidal', zh: '正弦' }),
  outputShape: (_values, input) => sameSequence(input),
  parameters: ({ kind }, [steps = 0, features = 0]) => ({
    trainable: kind === 'learned' ? steps * features : 0,
    fixed: 0,
  }),
  multiplyAdds: () => 0,
  build: (tf, { kind }, context) =>
    kind === 'learned'
      ? ownLayer(tf, context, {
          className: 'LearnedPositions',
          outputShape: sameSequence,
          weights: (input) => ({
            positions: {
              shape: input,
              initializer: tf.initializers.randomUniform({ minval: -0.05, maxval: 0.05, seed: context.seed }),
            },
          }),
          keepsSteps: true,
          call: (input, { weights }) => tf.add(input, weights.positions),
        })
      : ownLayer(tf, context, {
          className: 'SinusoidalPositions',
          outputShape: sameSequence,
          keepsSteps: true,
          call(input) {
            const [, steps = 0, features = 0] = input.shape;
            return tf.add(input, tf.tensor(sinusoids(steps, features), [steps, features]));
          },
        }),
  example: { input: [5, 4] },
});
