/** Edits keep ids unique and layers in place; a repair mends what the check found. */
import { describe, expect, test } from 'vitest';
import { checkNetwork } from '../../../src-main/catalog';
import type { NetworkSpec } from '../../../src-main/contract';
import { duplicateLayer, insertLayer, moveLayer, newLayer, removeLayer, repairLayer, setField } from './network-edits';

const empty: NetworkSpec = { layers: [] };
const dense = (network: NetworkSpec) => insertLayer(network, newLayer(network, 'dense'), network.layers.length);
const three = dense(dense(dense(empty)));
const ids = (network: NetworkSpec) => network.layers.map((layer) => layer.id);

describe('network edits', () => {
  test('new layers get free ids, also after a removal', () => {
    expect(ids(three)).toEqual(['dense-1', 'dense-2', 'dense-3']);
    expect(ids(dense(removeLayer(three, 'dense-2')))).toEqual(['dense-1', 'dense-3', 'dense-2']);
  });

  test('moving keeps every layer once and stops at the ends', () => {
    expect(ids(moveLayer(three, 'dense-1', 1))).toEqual(['dense-2', 'dense-1', 'dense-3']);
    expect(ids(moveLayer(three, 'dense-1', 99))).toEqual(['dense-2', 'dense-3', 'dense-1']);
    expect(ids(moveLayer(three, 'dense-3', -1))).toEqual(['dense-3', 'dense-1', 'dense-2']);
  });

  test('a duplicate stands after its layer with its own id and fields', () => {
    const { network, copy } = duplicateLayer(setField(three, 'dense-1', 'units', 7), 'dense-1');
    expect(ids(network)).toEqual(['dense-1', 'dense-4', 'dense-2', 'dense-3']);
    expect(network.layers[1]?.fields.units).toBe(7);
    const changed = setField(network, copy ?? '', 'units', 9);
    expect(changed.layers[0]?.fields.units).toBe(7);
  });

  test('a repair that sets fields makes the network valid', () => {
    const [problem] = checkNetwork(dense(empty), [5], 3).layers.map((layer) => layer.problem);
    const repaired = repairLayer(dense(empty), 'dense-1', problem?.repair);
    expect(checkNetwork(repaired, [5], 3).valid).toBe(true);
  });

  test('an edit never changes the network it began with', () => {
    const before = structuredClone(three);
    setField(three, 'dense-1', 'units', 3);
    moveLayer(three, 'dense-1', 2);
    removeLayer(three, 'dense-1');
    duplicateLayer(three, 'dense-1');
    expect(three).toEqual(before);
  });

  describe('with branches', () => {
    const residual: NetworkSpec = {
      layers: [...three.layers, { id: 'add-1', type: 'add', fields: {}, inputs: ['dense-3', 'dense-1'] }],
    };
    const inputsOfLast = (network: NetworkSpec) => network.layers.at(-1)?.inputs;

    test('what took from a layer that goes away takes from what that one took from', () => {
      expect(inputsOfLast(removeLayer(residual, 'dense-3'))).toEqual(['dense-2', 'dense-1']);
      expect(inputsOfLast(removeLayer(residual, 'dense-1'))).toEqual(['dense-3', '@data']);
    });

    test('a new layer stands in its chain, and a way round stays one', () => {
      const longer = insertLayer(residual, newLayer(residual, 'dense'), 1);
      expect(ids(longer)).toEqual(['dense-1', 'dense-4', 'dense-2', 'dense-3', 'add-1']);
      expect(inputsOfLast(longer)).toEqual(['dense-3', 'dense-1']);
      expect(longer.layers.slice(0, 4).every(({ inputs }) => inputs === undefined)).toBe(true);
    });

    test('a layer that joins stays behind what it joins', () => {
      expect(moveLayer(residual, 'add-1', 0)).toEqual(residual);
    });
  });
});
