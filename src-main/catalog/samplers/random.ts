/** Every trial's values are drawn anew, whatever the others came to (Bergstra & Bengio 2012). */
import { generator } from '../random';
import type { SamplerDefinition } from '../sampler-definitions';
import { drawValues, uniform, valueAt } from '../sampling/draw';

export const definition: SamplerDefinition = {
  id: 'random',
  label: { en: 'Random', zh: '随机' },
  help: {
    en: 'Draws every value by chance. Simple, hard to fool, and better than a grid where only some of the fields matter.',
    zh: '每个值都随机选取。简单可靠；当只有部分字段重要时优于网格。',
  },
  fields: {},
  next({ parameters, seed, number }) {
    const next = generator(seed, number);
    return drawValues(parameters, (range) => valueAt(range, uniform(next)));
  },
};
