/**
 * Networks read from Keras's JSON, with Keras's weights, against what Keras itself answered: the files were written by Keras
 * 3.15.1 (`model.to_json()`, weights drawn at random, outputs of two examples).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { checkNetwork, readNetworkValue } from '../catalog';
import { buildModel } from './build';
import { loadTensorFlow, type TensorFlow } from './tf';

interface Fixture {
  readonly model: unknown;
  readonly count: number;
  readonly weights: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly input: readonly number[];
  readonly output: readonly number[];
}

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

test.each([
  ['keras3-attention.json', [6, 4]],
  ['keras3-pictures.json', [6, 6, 2]],
])('%s answers as Keras does', (name, shape) => {
  const file = path.join(import.meta.dirname, '..', 'catalog', 'fixtures', name);
  const { model: value, weights, input, output } = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
  const { network } = readNetworkValue(value, name);
  const checked = checkNetwork(network, shape, 2);
  expect(checked.layers.flatMap(({ id, problem }) => (problem ? [id, problem.problem.en] : []))).toEqual([]);
  const model = buildModel(tf, network, shape, 2, 1);
  for (const [layer, values] of Object.entries(weights)) {
    const own = model.getLayer(layer.replaceAll('_', '-'));
    expect([layer, own.weights.map((weight) => weight.read().size)]).toEqual([
      layer,
      values.map(({ length }) => length),
    ]);
    own.setWeights(own.weights.map((weight, at) => tf.tensor([...values[at]!], weight.shape.map(Number))));
  }
  const answered = model.predict(tf.tensor([...input], [2, ...shape])) as ReturnType<TensorFlow['tensor']>;
  const differences = [...answered.dataSync()].map((one, at) => Math.abs(one - output[at]!));
  expect(differences).toHaveLength(output.length);
  expect(Math.max(...differences)).toBeLessThan(2e-4);
});
