/** Groups follow the layers that they name through every edit; several layers are removed, copied and moved as one. */
import { describe, expect, test } from 'vitest';
import { networkFileText, readNetworkText } from '../../../src-main/catalog';
import { dataSource, networkSpecSchema, type NetworkSpec } from '../../../src-main/contract';
import {
  duplicateLayers,
  groupLayers,
  groupOf,
  keepGroups,
  layerBetween,
  moveLayers,
  moveLayersBehind,
  removeLayers,
  renameGroup,
  ungroup,
} from './group-edits';
import { insertLayer, newLayer, removeLayer } from './network-edits';

const layer = (id: string, inputs?: string[]) => ({
  id,
  type: 'dense',
  fields: { units: 4 },
  ...(inputs ? { inputs } : {}),
});
/** a → b → c → sum, and round from a to sum. */
const plain: NetworkSpec = {
  layers: [
    layer('a'),
    layer('b'),
    layer('c'),
    { id: 'sum', type: 'add', fields: {}, inputs: ['c', 'a'] },
    layer('end'),
  ],
};
const ids = ({ layers }: NetworkSpec) => layers.map(({ id }) => id).join(' ');
const grouped = groupLayers(plain, new Set(['b', 'c']), (number) => `Group ${number}`).network;

describe('groups', () => {
  test('are saved in the file of the network, and files without them are read as before', () => {
    expect(grouped.groups).toEqual([{ id: '@group-1', name: 'Group 1', layers: ['b', 'c'] }]);
    expect(readNetworkText(networkFileText(grouped), 'x.json').network).toEqual(grouped);
    expect(readNetworkText(networkFileText(plain), 'x.json').network).toEqual(plain);
    expect(networkSpecSchema.safeParse({ ...plain, groups: [{ id: 'b', name: 'x', layers: [] }] }).success).toBe(false);
  });

  test('lose what is removed and gain what is put between their layers', () => {
    expect(keepGroups(grouped, removeLayer(grouped, 'b')).groups?.[0]?.layers).toEqual(['c']);
    expect(keepGroups(grouped, removeLayers(grouped, ['b', 'c']))).toEqual(removeLayers(plain, ['b', 'c']));
    const inside = insertLayer(grouped, newLayer(grouped, 'dropout'), 2);
    expect(keepGroups(grouped, inside).groups?.[0]?.layers).toEqual(['b', 'c', 'dropout-1']);
    const outside = insertLayer(grouped, newLayer(grouped, 'dropout'), 3);
    expect(keepGroups(grouped, outside).groups?.[0]?.layers).toEqual(['b', 'c']);
  });

  test('hold a layer once, are renamed and taken apart', () => {
    const second = groupLayers(grouped, new Set(['c', 'sum']), (number) => `Group ${number}`).network;
    expect(second.groups?.map(({ layers }) => layers)).toEqual([['b'], ['c', 'sum']]);
    expect(groupOf(renameGroup(second, '@group-2', 'Head'), 'sum')?.name).toBe('Head');
    expect(ungroup(grouped, '@group-1')).toEqual(plain);
  });

  test('with a layer between theirs are told of it', () => {
    expect(layerBetween(plain, new Set(['a', 'sum']))).toBe('b');
    expect(layerBetween(plain, new Set(['a', 'b', 'c', 'sum']))).toBeNull();
  });
});

describe('several layers', () => {
  test('are copied behind the last of them, connected as they are', () => {
    const { network, copies } = duplicateLayers(plain, new Set(['a', 'b', 'c', 'sum']));
    expect(copies).toEqual(['dense-1', 'dense-2', 'dense-3', 'add-1']);
    expect(ids(network)).toBe('a b c sum dense-1 dense-2 dense-3 add-1 end');
    expect(network.layers[7]?.inputs).toEqual(['dense-3', 'dense-1']);
    expect(network.layers.flatMap(({ inputs }) => inputs ?? [])).not.toContain(dataSource);
    // What followed takes from the copies, which take from the layers.
    expect(network.layers[4]?.inputs ?? network.layers[8]?.inputs).toBeUndefined();
  });

  test('move past their neighbour, and not where others lie between them', () => {
    const chain: NetworkSpec = { layers: ['a', 'b', 'c', 'd'].map((id) => layer(id)) };
    expect(ids(moveLayers(chain, new Set(['b', 'c']), -1)!)).toBe('b c a d');
    expect(ids(moveLayers(chain, new Set(['b', 'c']), 1)!)).toBe('a d b c');
    expect(moveLayers(chain, new Set(['a', 'c']), 1)).toBeNull();
    expect(moveLayers(chain, new Set(['c', 'd']), 1)).toBeNull();
  });

  test('move behind a layer further off, or to the beginning', () => {
    const chain: NetworkSpec = { layers: ['a', 'b', 'c', 'd', 'e'].map((id) => layer(id)) };
    const behind = (of: string[], after: string) => {
      const moved = moveLayersBehind(chain, new Set(of), after);
      return moved && ids(moved);
    };
    expect(behind(['a', 'b'], 'd')).toBe('c d a b e');
    expect(behind(['d', 'e'], 'a')).toBe('a d e b c');
    expect(behind(['c', 'd'], '@data')).toBe('c d a b e');
    expect(behind(['b', 'c'], 'a')).toBeNull();
    expect(behind(['a', 'c'], 'd')).toBeNull();
  });
});
