/** The layer menu finds a layer by its name or by what it does, in either language. */
import { expect, test } from 'vitest';
import { layers } from '../../../src-main/catalog';
import { searchLayers } from './layer-search';

const found = (query: string) => searchLayers(layers.all, query).map(({ id }) => id);

test.each([
  ['lstm', 'lstm'],
  ['Max pool', 'max-pooling1d'],
  ['双向', 'bidirectional'],
  ['conv2d', 'conv2d'],
  ['translation sentence', 'cross-attention'],
  ['遗忘', 'lstm'],
])('“%s” finds %s', (query, id) => expect(found(query)).toContain(id));

test('names come before explanations, and what nobody says finds nothing', () => {
  expect(found('lstm')[0]).toBe('lstm');
  expect(found('dropout')[0]).toBe('dropout');
  expect(found('embedding')[0]).toBe('embedding');
  expect(found('no such layer')).toEqual([]);
  expect(found('  ')).toEqual(layers.all.map(({ id }) => id));
});
