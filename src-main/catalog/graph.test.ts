/** Connections of layers: what is wrong with them is said at the layer, and figures are those of published networks. */
import { describe, expect, test } from 'vitest';
import { dataSource, networkSpecSchema, type LayerSpec, type NetworkSpec } from '../contract';
import { blocks, checkNetwork, defaultsOf, possibleSources, requireValidNetwork } from './index';

const layer = (id: string, type: string, fields: LayerSpec['fields'] = {}, inputs?: string[]): LayerSpec => {
  return inputs ? { id, type, fields, inputs } : { id, type, fields };
};
const dense = (id: string, units: number, inputs?: string[]) => layer(id, 'dense', { units }, inputs);
const problemsOf = (layers: LayerSpec[], shape = [4]) =>
  checkNetwork({ layers }, shape, 3).layers.flatMap(({ id, problem }) => (problem ? [{ id, ...problem }] : []));

test('LeNet-5 has 61,706 parameters and 416,520 multiply-adds (LeCun et al. 1998, with C3 fully connected)', () => {
  const convolution = (id: string, filters: number) => layer(id, 'conv2d', { filters, kernelSize: 5 });
  const network = {
    layers: [
      convolution('c1', 6),
      layer('s2', 'max-pooling2d'),
      convolution('c3', 16),
      layer('s4', 'max-pooling2d'),
      layer('flat', 'flatten'),
      dense('c5', 120),
      dense('f6', 84),
      dense('out', 10),
    ],
  };
  const checked = checkNetwork(network, [32, 32, 1], 10);
  expect(checked).toMatchObject({ valid: true, trainable: 61706, fixed: 0, multiplyAdds: 416520 });
  expect(checked.layers[0]).toMatchObject({ multiplyAdds: 117600, outputBytes: 28 * 28 * 6 * 4 });
});

test('every edge has its shape, and what is not written comes from the layer before', () => {
  const { layers, valid } = checkNetwork(
    { layers: [dense('a', 5), dense('b', 5), layer('sum', 'add', {}, ['a', 'b', 'a']), dense('end', 3)] },
    [4],
    3,
  );
  expect(valid).toBe(true);
  expect(layers.map(({ inputs, inputShapes }) => [inputs, inputShapes])).toEqual([
    [[dataSource], [[4]]],
    [['a'], [[5]]],
    [
      ['a', 'b', 'a'],
      [[5], [5], [5]],
    ],
    [['sum'], [[5]]],
  ]);
});

describe('what is wrong with connections is said at the layer', () => {
  test('an id that nobody has', () => {
    expect(problemsOf([dense('a', 5), dense('end', 3, ['lost'])])).toMatchObject([
      { id: 'a' },
      { id: 'end', problem: { en: expect.stringContaining('"lost"') as string }, repair: { inputs: ['a'] } },
    ]);
    expect(problemsOf([dense('a', 3), layer('end', 'add', {}, ['a', 'a', 'lost'])])).toMatchObject([
      { id: 'end', repair: { inputs: ['a', 'a'] } },
    ]);
  });
  test('named inputs that are missing or of another kind', () => {
    const cross = layer('c', 'cross-attention', {}, ['a']);
    expect(problemsOf([dense('a', 4), cross, dense('end', 3)])).toMatchObject([
      { id: 'c', problem: { en: expect.stringContaining('query and memory, but gets 1') as string } },
    ]);
    expect(problemsOf([dense('a', 4), { ...cross, inputs: ['@data', 'a'] }, dense('end', 3)], [5, 2])).toMatchObject([
      { id: 'a' },
    ]);
    expect(
      problemsOf([layer('r', 'flatten'), { ...cross, inputs: ['@data', 'r'] }, dense('end', 3)], [5, 2]),
    ).toMatchObject([
      {
        id: 'c',
        problem: { en: '“Memory” must be a sequence (steps × features), but has the shape 10.' },
        repair: { on: 1 },
      },
    ]);
  });
  test('a circle', () => {
    const found = problemsOf([dense('a', 4, ['b']), dense('b', 4, ['a']), dense('end', 3)]);
    expect(found).toMatchObject([
      { id: 'a', repair: { inputs: [dataSource] } },
      { id: 'b', repair: { inputs: [dataSource] } },
    ]);
  });
  test('the same name twice', () => {
    expect(problemsOf([dense('a', 4), dense('a', 3)])).toMatchObject([{ id: 'a' }]);
  });
  test('a branch that leads nowhere goes with one click, with all that feeds it alone', () => {
    const found = problemsOf([dense('a', 4), dense('b', 4), dense('c', 4), dense('end', 3, ['a'])]);
    expect(found).toMatchObject([{ id: 'c', repair: { remove: ['b', 'c'] } }]);
  });
  test('no input, too few, too many', () => {
    expect(problemsOf([dense('a', 3, [])])).toMatchObject([{ id: 'a', repair: { inputs: [dataSource] } }]);
    expect(problemsOf([dense('a', 3), layer('sum', 'add', {}, ['a'])])).toMatchObject([
      { id: 'sum', repair: { remove: ['sum'] } },
    ]);
    expect(problemsOf([dense('a', 4), dense('end', 3, ['a', dataSource])])).toMatchObject([
      { id: 'end', repair: { insertBefore: 'concatenate', on: 'all' } },
    ]);
  });
  test('an input list that is not made of names is refused by its schema', () => {
    expect(networkSpecSchema.safeParse({ layers: [dense('a', 3, ['__proto__'])] }).success).toBe(false);
  });
  test('training says which layer', () => {
    const network: NetworkSpec = { layers: [dense('a', 5), dense('end', 3, ['lost'])] };
    expect(() => requireValidNetwork(network, [4], 3)).toThrow('Layer 1 (Dense): No layer takes its output');
  });
});

describe('branches that do not fit', () => {
  const picture = (filters: number, pool: boolean): LayerSpec[] => [
    layer('a', 'conv2d', { filters: 32, padding: 'same' }),
    layer('b', 'conv2d', { filters, padding: 'same' }),
    ...(pool ? [layer('p', 'max-pooling2d')] : []),
  ];
  const joined = (type: string, filters: number, pool: boolean) =>
    problemsOf([...picture(filters, pool), layer('join', type, {}, ['a', pool ? 'p' : 'b'])], [28, 28, 1]).at(0);

  test('in size are pooled', () => {
    const found = joined('add', 32, true);
    expect(found?.problem.en).toBe('The branches are 28 × 28 × 32 and 14 × 14 × 32; pool or up-sample one of them.');
    expect(found?.repair).toMatchObject({ insertBefore: 'max-pooling2d', on: 0, fields: { poolSize: 2 } });
    expect(joined('concatenate', 7, true)?.repair).toMatchObject({ insertBefore: 'max-pooling2d', on: 0 });
  });
  test('in channels get a convolution', () => {
    expect(joined('multiply', 7, false)?.repair).toMatchObject({
      insertBefore: 'conv2d',
      on: 1,
      fields: { filters: 32, kernelSize: 1 },
    });
  });
  test('one number per channel fits a picture', () => {
    const layers = [
      ...picture(32, false),
      layer('pool', 'max-pooling2d', { poolSize: 14 }),
      layer('flat', 'flatten'),
      dense('gate', 32),
      layer('scaled', 'multiply', {}, ['a', 'gate']),
    ];
    expect(checkNetwork({ layers }, [28, 28, 1], 3).layers.at(-1)?.outputShape).toEqual([28, 28, 32]);
  });
});

test('a layer may take from all but what depends on it', () => {
  const network: NetworkSpec = { layers: [dense('a', 4), dense('b', 4), dense('c', 4, ['a']), dense('d', 4)] };
  expect(possibleSources(network, 2)).toEqual([dataSource, 'a', 'b']);
});

test.each(blocks.all)('the block $id fits its example and has its words', (block) => {
  const layers = block.layers(defaultsOf(block.fields), block.example.input);
  if ('problem' in layers) throw new Error(layers.problem.en);
  const end = [layer('end-flat', 'flatten'), dense('end', 3)];
  expect(checkNetwork({ layers: [...layers, ...end] }, block.example.input, 3).valid).toBe(true);
  const other = block.example.input.length === 1 ? [5, 5] : [5];
  expect(block.layers(defaultsOf(block.fields), other)).toHaveProperty('problem');
});
