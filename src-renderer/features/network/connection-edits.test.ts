/** Connections made and cut by pointing keep the network one that can be trained, or say why they can't be made. */
import { describe, expect, test } from 'vitest';
import { checkNetwork, inputsOf } from '../../../src-main/catalog';
import { dataSource, type LayerSpec, type NetworkSpec } from '../../../src-main/contract';
import { connect, disconnect, insertBetween, joinBefore, replaceInputs } from './connection-edits';

const dense = (id: string, units = 4, inputs?: string[]): LayerSpec => {
  return { id, type: 'dense', fields: { units }, ...(inputs ? { inputs } : {}) };
};
const chain: NetworkSpec = { layers: [dense('a'), dense('b'), dense('c'), dense('end', 3)] };
const inputs = (network: NetworkSpec, id: string) =>
  inputsOf(
    network,
    network.layers.findIndex((layer) => layer.id === id),
  );
const isValid = (network: NetworkSpec) => checkNetwork(network, [4], 3).valid;

describe('connecting', () => {
  test('a layer that takes one input asks what to do with two', () => {
    expect(connect(chain, 'a', 'c')).toEqual({ kind: 'full', maximum: 1 });
  });
  test('both can be joined before it', () => {
    const { network, id } = joinBefore(chain, 'a', 'c', 'add');
    expect(network.layers.map((layer) => layer.id)).toEqual(['a', 'b', 'add-1', 'c', 'end']);
    expect(inputs(network, id ?? '')).toEqual(['b', 'a']);
    expect(inputs(network, 'c')).toEqual(['add-1']);
    expect(isValid(network)).toBe(true);
    const third = connect(network, dataSource, 'add-1');
    expect(third.kind === 'connected' && inputs(third.network, 'add-1')).toEqual(['b', 'a', dataSource]);
  });
  test('one can take the place of the other', () => {
    const network = replaceInputs(chain, 'a', 'c');
    expect(inputs(network, 'c')).toEqual(['a']);
    expect(checkNetwork(network, [4], 3).layers[1]?.problem).not.toBeNull();
  });
  test('a circle and what is connected already are refused', () => {
    expect(connect(chain, 'c', 'a')).toEqual({ kind: 'circle' });
    expect(connect(chain, 'a', 'a')).toEqual({ kind: 'circle' });
    expect(connect(chain, 'a', 'b')).toEqual({ kind: 'already' });
    expect(connect(chain, dataSource, 'a')).toEqual({ kind: 'already' });
  });
  test('a source further down in the list is put before its taker', () => {
    const branches: NetworkSpec = {
      layers: [
        dense('a'),
        { id: 'sum', type: 'add', fields: {}, inputs: ['a', dataSource] },
        dense('b', 4, ['a']),
        dense('end', 3, ['sum']),
      ],
    };
    const made = connect(branches, 'b', 'sum');
    if (made.kind !== 'connected') throw new Error(made.kind);
    expect(made.network.layers.map((layer) => layer.id)).toEqual(['a', 'b', 'sum', 'end']);
    expect(isValid(made.network)).toBe(true);
  });
});

test('a cut connection leaves the problem said at the layer, with a repair', () => {
  const cut = disconnect(chain, { source: 'b', target: 'c' });
  expect(inputs(cut, 'c')).toEqual([]);
  const [, b, c] = checkNetwork(cut, [4], 3).layers;
  expect(b?.problem?.repair).toBeDefined();
  expect(c?.problem?.repair).toMatchObject({ inputs: ['b'] });
  expect(disconnect(chain, { source: 'end', target: null })).toEqual(chain);
});

describe('putting in between', () => {
  const added = { ...dense('new', 5), inputs: [dataSource] };
  test('two layers', () => {
    const network = insertBetween(chain, { source: 'a', target: 'b' }, [added]);
    expect(network.layers.map((layer) => layer.id)).toEqual(['a', 'new', 'b', 'c', 'end']);
    expect(network.layers.every((layer) => layer.inputs === undefined)).toBe(true);
  });
  test('the data and one of those that take them: only that one goes on from the new layer', () => {
    const both: NetworkSpec = {
      layers: [
        dense('a'),
        dense('b', 4, [dataSource]),
        { id: 'sum', type: 'add', fields: {}, inputs: ['a', 'b'] },
        dense('end', 3),
      ],
    };
    const network = insertBetween(both, { source: dataSource, target: 'b' }, [added]);
    expect([inputs(network, 'a'), inputs(network, 'new'), inputs(network, 'b')]).toEqual([
      [dataSource],
      [dataSource],
      ['new'],
    ]);
    expect(isValid(network)).toBe(true);
  });
  test('all that take along one line, as a folded block does', () => {
    const round: NetworkSpec = {
      layers: [dense('a'), dense('b'), { id: 'sum', type: 'add', fields: {}, inputs: ['b', 'a'] }, dense('end', 3)],
    };
    const line = { source: 'a', target: 'b', others: ['sum'] };
    const network = insertBetween(round, line, [{ ...added, fields: { units: 4 } }]);
    expect([inputs(network, 'b'), inputs(network, 'sum')]).toEqual([['new'], ['b', 'new']]);
    expect(isValid(network)).toBe(true);
    expect(inputs(disconnect(round, line), 'sum')).toEqual(['b']);
  });
  test('the last layer and the output', () => {
    const network = insertBetween(chain, { source: 'end', target: null }, [added]);
    expect(network.layers.at(-1)?.id).toBe('new');
  });
});
