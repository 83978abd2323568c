/** Which layer's weights do not fit another network. */
import { expect, test } from 'vitest';
import type { NetworkSpec } from '../contract';
import { firstLayerDifference } from './branch-fit';
import { checkNetwork } from './network';

const network = (units: number, ...more: NetworkSpec['layers']): NetworkSpec => ({
  layers: [
    { id: 'hidden', type: 'dense', fields: { units, activation: 'relu' } },
    ...more,
    { id: 'output', type: 'dense', fields: { units: 2, activation: 'linear' } },
  ],
});
const difference = (one: NetworkSpec, other: NetworkSpec, inputs = 4) =>
  firstLayerDifference(checkNetwork(one, [4], 2), checkNetwork(other, [inputs], 2));

test('what has no weights may differ', () => {
  expect(difference(network(8), network(8, { id: 'drop', type: 'dropout', fields: { rate: 0.5 } }))).toBeNull();
});
test('the first layer of another size is named, also where the data alone differ', () => {
  expect(difference(network(8), network(16))).toEqual({ layer: 'hidden', was: 'dense 8 (40)', is: 'dense 16 (80)' });
  expect(difference(network(8), network(8), 5)?.layer).toBe('hidden');
});
test('one layer more or less is named', () => {
  const more = network(8, { id: 'norm', type: 'batch-normalization', fields: {} });
  expect(difference(network(8), more)).toMatchObject({ layer: 'norm', was: 'dense 2 (18)' });
  expect(difference(more, network(8))?.layer).toBe('output');
});
