/**
 * Factorization machine (Rendle 2010): every code's own weight, and how well each two of them go together. Of a user and an
 * item alone it is matrix factorization with biases (Koren, Bell and Volinsky 2009).
 */
import type { Shape } from '../../contract';
import { defineLayer, type ShapeProblem } from '../definitions';
import { ownLayer } from '../own-layer';

function oneNumber(input: Shape): Shape | ShapeProblem {
  const [, features = 0] = input;
  if (input.length === 2 && features >= 2) return [1];
  return {
    problem: {
      en: `A factorization machine joins steps of at least 2 features, but gets the shape ${input.join(' × ')}. Put an embedding before it.`,
      zh: `因子分解机合并每步至少 2 个特征的各步，但得到的形状是 ${input.join(' × ')}。请在它前面加嵌入层。`,
    },
    ...(input.length === 1
      ? { repair: { label: { en: 'Put Embedding before it', zh: '在它前面加“嵌入”' }, insertBefore: 'embedding' } }
      : {}),
  };
}

export const definition = defineLayer({
  id: 'factorization',
  label: { en: 'Factorization machine', zh: '因子分解机' },
  help: {
    en: 'Adds up the first feature of every step and the products of the other features of each two steps. Of the rows of a user and an item it is matrix factorization: how high the user rates, how high the item is rated, and how well they match.',
    zh: '把每一步的第一个特征相加，再加上每两步其余特征的乘积。对用户和物品的嵌入来说，这就是矩阵分解：用户打分的高低、物品得分的高低，以及两者的匹配程度。',
  },
  formula: 'y = Σ x[t, 1] + Σ x[s, f] · x[t, f] over s < t and f > 1',
  glyph: 'waypoints',
  group: 'merge',
  fields: {},
  summary: () => ({ en: 'each with each', zh: '两两相乘' }),
  outputShape: (_values, input) => oneNumber(input),
  parameters: () => ({ trainable: 0, fixed: 0 }),
  multiplyAdds: (_values, [steps = 0, features = 0]) => 2 * steps * features,
  build: (tf, _values, context) =>
    ownLayer(tf, context, {
      className: 'FactorizationMachine',
      outputShape: oneNumber,
      call(input) {
        const [, steps = 1, features = 2] = input.shape;
        const own = tf.slice(input, [0, 0, 0], [-1, steps, 1]);
        const factors = tf.slice(input, [0, 0, 1], [-1, steps, features - 1]);
        // Σ over pairs of x · z is half of what (Σ x)² has more than Σ x²: linear in the steps.
        const pairs = tf.sub(tf.square(tf.sum(factors, 1)), tf.sum(tf.square(factors), 1));
        const matches = tf.mul(tf.sum(pairs, 1, true), 0.5);
        return tf.add(tf.sum(own, 1), matches);
      },
    }),
  example: { input: [6, 3] },
});
