/** Interim. */
import type { FieldValue, SearchRange } from '../../contract';
import { generator, seedFrom } from '../random';
import type { SamplerDefinition } from '../sampler-definitions';

function draw(range: SearchRange, u: number): FieldValue {
  if (range.kind === 'choice') return range.values[Math.floor(u * range.values.length)] ?? '';
  const { minimum, maximum, scale } = range;
  const value =
    scale === 'log' ? Math.exp(Math.log(minimum) + u * Math.log(maximum / minimum)) : minimum + u * (maximum - minimum);
  return range.kind === 'integer' ? Math.round(value) : value;
}

export const definition: SamplerDefinition = {
  id: 'random',
  label: { en: 'Random', zh: '随机' },
  help: { en: 'Draws each value at random.', zh: '随机抽取每个值。' },
  fields: {},
  next({ parameters, seed, number }) {
    return Object.fromEntries(
      parameters.map(({ path, range }, index) => [path, draw(range, (generator(seedFrom(seed, number, index))() % 1e6) / 1e6)]),
    );
  },
};
