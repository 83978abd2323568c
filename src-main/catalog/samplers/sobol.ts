/** Values that are spread evenly, also over two and more fields together: scrambled points of a Sobol' sequence. */
import { generator } from '../random';
import type { SamplerDefinition } from '../sampler-definitions';
import { drawValues, uniform, valueAt } from '../sampling/draw';
import { mostDimensions, scrambledSobolPoint } from '../sampling/sobol';

export const definition: SamplerDefinition = {
  id: 'sobol',
  label: { en: 'Evenly spread (Sobol’)', zh: '均匀分布（Sobol’）' },
  help: {
    en: 'Spreads the trials evenly over all fields together, without the gaps and heaps of chance. Learns nothing from earlier trials.',
    zh: '把尝试均匀分布在所有字段的组合上，没有随机选取的空缺和扎堆。不从先前的尝试中学习。',
  },
  fields: {},
  next({ parameters, seed, number }) {
    const next = generator(seed, number);
    return drawValues(parameters, (range, dimension) =>
      valueAt(range, dimension < mostDimensions ? scrambledSobolPoint(number - 1, dimension, seed) : uniform(next)),
    );
  },
};
