/** What is to be searched as people write it: ranges, choices and conditions, by the names of `--set`. */
import { expect, test } from 'vitest';
import { network, settings, exampleSetup } from '../storage/fixtures/examples';
import { parseLimit, parseParameter } from './search-parameters';

const configuration = { data: exampleSetup('v'), network, settings };

test.each([
  [
    'learningRate=1e-4..1e-1 log',
    { path: 'settings.learningRate', range: { kind: 'number', minimum: 1e-4, maximum: 0.1, scale: 'log' } },
  ],
  [
    'layer.hidden.units=8..64',
    { path: 'layer.hidden.units', range: { kind: 'integer', minimum: 8, maximum: 64, scale: 'linear' } },
  ],
  ['batchSize=16,32', { path: 'settings.batchSize', range: { kind: 'choice', values: [16, 32] } }],
  ['optimizer=adam,sgd', { path: 'optimizer', range: { kind: 'choice', values: ['adam', 'sgd'] } }],
  [
    'optimizer.momentum=0..0.9 if optimizer=sgd',
    {
      path: 'optimizer.momentum',
      range: { kind: 'number', minimum: 0, maximum: 0.9, scale: 'linear' },
      when: { path: 'optimizer', values: ['sgd'] },
    },
  ],
])('%s', (text, parameter) => expect(parseParameter(text, configuration)).toEqual(parameter));

test('a name alone is searched over what is worth trying around its value', () => {
  const { path, range } = parseParameter('learningRate', configuration);
  expect(path).toBe('settings.learningRate');
  expect(range).toMatchObject({ kind: 'number', scale: 'log' });
});

test.each(['lerningRate=1..2', 'learningRate=a..b', 'optimizer=1..2', '=3'])('%s is refused', (text) => {
  expect(() => parseParameter(text, configuration)).toThrow(/argument-invalid/);
});

test('limits name a measure and the most of it', () => {
  expect(parseLimit('parameters=100000')).toEqual({ measure: 'parameters', most: 100_000 });
  expect(() => parseLimit('accuracy=1')).toThrow(/argument-invalid/);
  expect(() => parseLimit('latency=-1')).toThrow(/argument-invalid/);
});
