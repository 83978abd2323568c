/**
 * Networks from files. `fixtures/keras3-*.json` were written by Keras 3.15.1 (`model.to_json()`), whose `count_params()` the
 * counts are; the forms of Keras 2 are those of its documentation.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CodedError, dataSource, type NetworkSpec } from '../contract';
import { checkNetwork, layers, networkFileText, readNetworkText } from './index';

const fixture = (name: string) => readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');
const codeOf = (text: string) => {
  try {
    readNetworkText(text, 'x.json');
  } catch (error) {
    if (error instanceof CodedError) return { code: error.code, ...error.parameters };
    throw error;
  }
  return null;
};

test.each([
  ['keras3-sequential.json', [32, 32, 1], 10, 61706],
  ['keras3-functional.json', [8, 8, 3], 3, 1487],
  ['keras3-lstm.json', [12, 4], 1, 2153],
])('%s has as many parameters as Keras counts', (name, shape, outputs, count) => {
  const { network, from } = readNetworkText(fixture(name), name);
  const checked = checkNetwork(network, shape, outputs);
  expect(checked.layers.flatMap(({ id, problem }) => (problem ? [id, problem.problem.en] : []))).toEqual([]);
  expect(from).toBe('keras');
  expect(checked.trainable + checked.fixed).toBe(count);
});

test('fields and connections are those of the file, and what was changed is said', () => {
  const { network, notes } = readNetworkText(fixture('keras3-sequential.json'), 'lenet.json');
  expect(network.layers[0]).toMatchObject({
    type: 'conv2d',
    fields: { filters: 6, kernelSize: 5, activation: 'tanh' },
  });
  expect(network.layers.find(({ fields }) => fields.units === 120)?.fields).toMatchObject({
    initializer: 'he-normal',
    l2: 1e-4,
  });
  expect(network.layers.at(-1)?.fields).toMatchObject({ units: 10, activation: 'linear' });
  expect(notes.map(({ en }) => en)).toEqual([expect.stringContaining('softmax')]);
  const graph = readNetworkText(fixture('keras3-functional.json'), 'resnet.json').network;
  expect(graph.layers.find(({ type }) => type === 'add')?.inputs).toHaveLength(2);
});

const keras2 = (layersOf: object[], more: object = {}) =>
  JSON.stringify({ class_name: 'Functional', config: { layers: layersOf, ...more } });
const node = (...names: string[]) => [names.map((name) => [name, 0, 0, {}])];
const input = { class_name: 'InputLayer', name: 'in', config: { batch_input_shape: [null, 4] }, inbound_nodes: [] };
const dense = (name: string, units: number, from: string, activation = 'relu') => {
  return { class_name: 'Dense', name, config: { name, units, activation, use_bias: true }, inbound_nodes: node(from) };
};

describe('Keras 2', () => {
  test('functional models, and model.json of TensorFlow.js around them', () => {
    const layersOf = [
      input,
      dense('a', 5, 'in'),
      dense('b', 5, 'in'),
      { class_name: 'Multiply', name: 'Times', config: {}, inbound_nodes: node('a', 'b') },
      dense('out', 3, 'Times', 'softmax'),
    ];
    const expected = {
      layers: [
        { id: 'a', type: 'dense' },
        { id: 'b', type: 'dense', inputs: [dataSource] },
        { id: 'times', type: 'multiply', inputs: ['a', 'b'] },
        { id: 'out', type: 'dense', fields: { units: 3, activation: 'linear' } },
      ],
    };
    const text = keras2(layersOf);
    expect(readNetworkText(text, 'x.json').network).toMatchObject(expected);
    const wrapped = JSON.stringify({
      modelTopology: { model_config: JSON.parse(text) as unknown },
      weightsManifest: [],
    });
    expect(readNetworkText(wrapped, 'model.json').network).toMatchObject(expected);
  });
  test('attention, whose tensors are given by name', () => {
    const attention = (inbound: unknown, config: object = {}) => ({
      class_name: 'MultiHeadAttention',
      name: 'looks',
      config: { num_heads: 2, key_dim: 3, value_dim: 3, use_bias: true, attention_axes: [1], ...config },
      inbound_nodes: [inbound],
    });
    const read = (inbound: unknown, config?: object) => {
      const steps = { ...input, config: { batch_input_shape: [null, 6, 4] } };
      const text = keras2([steps, dense('a', 4, 'in'), dense('b', 4, 'in'), attention(inbound, config)]);
      return readNetworkText(text, 'x.json').network.layers;
    };
    const self = read([['a', 0, 0, { value: ['a', 0, 0], use_causal_mask: true }]]);
    expect(self.at(-1)).toMatchObject({
      type: 'multi-head-attention',
      inputs: ['a'],
      fields: { heads: 2, headSize: 3, causal: true },
    });
    // Of sequences it is another layer that changes each step by itself.
    expect(self.slice(0, 2).map(({ type }) => type)).toEqual(['time-distributed-dense', 'time-distributed-dense']);
    const cross = { type: 'cross-attention', inputs: ['a', 'b'] };
    expect(read([['a', 0, 0, { value: ['b', 0, 0], key: ['b', 0, 0] }]]).at(-1)).toMatchObject(cross);
    expect(
      read([
        ['a', 0, 0, {}],
        ['b', 0, 0, {}],
      ]).at(-1),
    ).toMatchObject(cross);
    const named = { query: ['a', 0, 0], value: ['b', 0, 0] };
    expect(read([['_CONSTANT_VALUE', -1, null, named]]).at(-1)).toMatchObject(cross);

    expect(() => read([['a', 0, 0, { value: ['b', 0, 0], key: ['a', 0, 0] }]])).toThrow('keys and values');
    expect(() => read([['a', 0, 0, { value: ['a', 0, 0], attention_mask: ['b', 0, 0] }]])).toThrow('attention_mask');
    expect(() => read([['a', 0, 0, { value: ['a', 0, 0] }]], { value_dim: 5 })).toThrow('value_dim');
    expect(() => read([['a', 0, 0, { value: ['b', 0, 0], use_causal_mask: true }]])).toThrow('use_causal_mask');
  });
  test('sizes that differ between sides, and what a layer here does another way', () => {
    const refused = (class_name: string, config: object) => {
      const layer = { class_name, name: 'l', config, inbound_nodes: node('in') };
      return codeOf(keras2([input, layer]))?.code;
    };
    expect(refused('ZeroPadding2D', { padding: [[1, 2], [3, 3]] })).toBe('keras-unsupported'); // prettier-ignore
    expect(refused('UpSampling2D', { size: [2, 2], interpolation: 'bilinear' })).toBe('keras-unsupported');
    expect(refused('PReLU', { shared_axes: null })).toBe('keras-unsupported');
    expect(refused('TimeDistributed', { layer: { class_name: 'LSTM', config: {} } })).toBe('keras-unsupported');
    expect(refused('Permute', { dims: [1, 2] })).toBe('keras-unsupported');
  });
  test('a wrapper round a recurrent layer that reads both ways', () => {
    const wrapper = (config: object, name = 'GRU') => ({
      class_name: 'Bidirectional',
      config: {
        merge_mode: 'ave',
        layer: { class_name: name, config: { units: 7, return_sequences: true } },
        ...config,
      },
    });
    const read = (layer: object) => {
      const text = JSON.stringify({ class_name: 'Sequential', config: [layer, dense('a', 3, '')] });
      return readNetworkText(text, 'x.json').network.layers[0];
    };
    const fields = { cell: 'gru', units: 7, everyStep: true, merge: 'average' };
    expect(read(wrapper({}))).toMatchObject({ type: 'bidirectional', fields });
    expect(() => read(wrapper({ merge_mode: null }))).toThrow('merge_mode');
    expect(() => read(wrapper({}, 'Lambda'))).toThrow('Lambda');
  });
  test('sequential models whose layers stand alone', () => {
    const text = JSON.stringify({
      class_name: 'Sequential',
      config: [dense('A', 5, ''), dense('a', 3, '', 'softmax')],
    });
    expect(readNetworkText(text, 'x.json').network.layers.map(({ id }) => id)).toEqual(['a', 'a-2']);
  });
});

test('a network of one’s own comes back as it was', () => {
  const network: NetworkSpec = {
    layers: [
      { id: 'a', type: 'dense', fields: { units: 4 } },
      { id: 'b', type: 'dense', fields: { units: 4 }, inputs: [dataSource] },
      { id: 'sum', type: 'add', fields: {}, inputs: ['a', 'b'] },
    ],
  };
  expect(readNetworkText(networkFileText(network), 'x.json')).toEqual({ network, from: 'tandem', notes: [] });
});

describe('what cannot be read is refused by its name and place', () => {
  test.each([
    ['', 'network-file-invalid'],
    ['[1, 2]', 'network-file-invalid'],
    ['['.repeat(100_000), 'network-file-invalid'],
    ['{"__proto__": {"class_name": "Sequential", "config": []}}', 'network-file-invalid'],
    ['{"class_name": "Sequential", "config": "__import__(\'os\')"}', 'network-file-invalid'],
    ['{"format": "tandem-network", "version": 2}', 'network-file-newer'],
    ['{"format": "tandem-network", "version": 1, "network": {"layers": [{"id": "../x"}]}}', 'network-file-invalid'],
    [keras2([input, { ...input, name: 'other' }, dense('a', 3, 'in')]), 'network-file-invalid'],
    [
      keras2([input, dense('a', 3, 'in')], {
        output_layers: [
          ['a', 0, 0],
          ['b', 0, 0],
        ],
      }),
      'network-file-invalid',
    ],
  ])('%# %.60s', (text, code) => expect(codeOf(text)?.code).toBe(code));

  test('a layer with code', () => {
    const code = {
      class_name: 'Lambda',
      name: 'evil',
      config: { function: ['4wEAAA', null, null] },
      inbound_nodes: node('in'),
    };
    expect(codeOf(keras2([input, code]))).toMatchObject({
      code: 'keras-layer-unknown',
      number: 2,
      name: 'evil',
      kind: 'Lambda',
    });
  });
  test('a setting that a layer here has not', () => {
    const wide = {
      class_name: 'Conv2D',
      name: 'c',
      config: { filters: 3, kernel_size: [3, 5], strides: [1, 1] },
      inbound_nodes: node('in'),
    };
    expect(codeOf(keras2([input, wide]))).toMatchObject({
      code: 'keras-unsupported',
      number: 2,
      detail: expect.stringContaining('squares') as string,
    });
    expect(codeOf(keras2([input, dense('a', 0, 'in')]))).toMatchObject({ code: 'keras-unsupported', number: 2 });
    const twice = { ...dense('a', 3, 'in'), inbound_nodes: [...node('in'), ...node('in')] };
    expect(codeOf(keras2([input, twice]))).toMatchObject({ code: 'keras-unsupported', number: 2 });
  });
});

test('no two layers are read from the same kind of Keras, called in the same way', () => {
  const names = [['a'], ['a', 'b']].flatMap((from, way) =>
    layers.all.flatMap(({ keras }) =>
      keras?.takes?.(from) === false ? [] : (keras?.classNames ?? []).map((name) => `${name} ${way}`),
    ),
  );
  expect(new Set(names).size).toBe(names.length);
});
