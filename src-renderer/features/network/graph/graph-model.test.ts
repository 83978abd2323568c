/** The graph view shows every layer once, by itself or in its folded block, and the shape along every line. */
import { expect, test } from 'vitest';
import { checkNetwork, tasks } from '../../../../src-main/catalog';
import { dataSource, type NetworkSpec } from '../../../../src-main/contract';
import { graphModel, outputNode } from './graph-model';

const target = { kind: 'classes' as const, classes: ['a', 'b', 'c'] };
const shape = [16, 16, 3];
const network = tasks.get('image-classification').presets.accurate(shape, target, { codes: null, rows: 1000 });
const checked = checkNetwork(network, shape, 3);

test('unfolded, each layer is a node, and lines tell the shape of what they come from', () => {
  const { nodes, lines } = graphModel(network, checked, shape, () => false);
  expect(nodes.map(({ id }) => id)).toEqual([dataSource, ...network.layers.map(({ id }) => id), outputNode]);
  expect(lines[0]).toMatchObject({ source: dataSource, target: 'conv2d-1', shape });
  expect(lines.at(-1)).toMatchObject({
    source: 'dense-1',
    target: outputNode,
    shape: [3],
    connection: { target: null },
  });
});

test('folded, a block is one node between what it takes from and what takes from it', () => {
  const { nodes, lines } = graphModel(network, checked, shape, () => true);
  const blocks = nodes.filter(({ kind }) => kind === 'block');
  expect(blocks.map(({ id }) => id)).toEqual(['residual-1', 'residual-2']);
  expect(blocks.flatMap(({ layers }) => layers).length).toBe(network.layers.length - 6);
  const around = lines.filter((line) => line.source === 'residual-1' || line.target === 'residual-1');
  expect(around).toMatchObject([
    { source: 'activation-1', target: 'residual-1', shape: [16, 16, 32] },
    {
      source: 'residual-1',
      target: 'residual-2',
      shape: [16, 16, 32],
      connection: { source: 'residual-1-relu-2', target: 'residual-2-conv-1', others: ['residual-2-shortcut'] },
    },
  ]);
});

test('a group that is folded is one node, with the blocks inside, and unfolded its layers', () => {
  const inside = network.layers.slice(1, 12).map(({ id }) => id);
  const grouped: NetworkSpec = { ...network, groups: [{ id: '@group-1', name: 'Head', layers: inside }] };
  const folded = graphModel(grouped, checked, shape, () => true);
  expect(folded.nodes.find(({ id }) => id === '@group-1')).toMatchObject({
    kind: 'block',
    layers: inside.map((_, at) => at + 1),
  });
  const open = graphModel(grouped, checked, shape, (part) => part !== '@group-1');
  expect(open).toEqual(graphModel(network, checked, shape, () => true));
});

test('an input that is nobody draws no line, and an empty network is the data and the output', () => {
  const lost: NetworkSpec = { layers: [{ id: 'a', type: 'dense', fields: {}, inputs: ['lost'] }] };
  expect(graphModel(lost, null, null, () => false).lines.map(({ id }) => id)).toEqual([`a>${outputNode}`]);
  expect(graphModel({ layers: [] }, null, shape, () => false).lines).toMatchObject([{ shape }]);
});
