/** A start that can't be must name the first thing that is missing. */
import { expect, test } from 'vitest';
import { checkNetwork } from '../../../src-main/catalog';
import type { NetworkSpec } from '../../../src-main/contract';
import { startBlock } from './start-block';

const network: NetworkSpec = { layers: [{ id: 'dense-1', type: 'dense', fields: { units: 3 } }] };
const good = { hasSetup: true, descriptionError: null, network, checked: checkNetwork(network, [4], 3) };

test('nothing stands in the way of a fitting network', () => {
  expect(startBlock(good)).toBeNull();
});

test('each lack names the screen that mends it, the earliest first', () => {
  expect(startBlock({ ...good, checked: checkNetwork(network, [4], 2) })).toEqual({
    reason: 'network-problem',
    screen: 'network',
  });
  expect(startBlock({ ...good, network: { layers: [] } })?.reason).toBe('no-network');
  expect(startBlock({ ...good, descriptionError: { code: 'unexpected', parameters: {} } })?.screen).toBe('data');
  expect(startBlock({ ...good, hasSetup: false, network: null })?.reason).toBe('no-target');
  expect(startBlock({ ...good, checked: null })).toEqual({ reason: 'reading', screen: null });
});
