/** A new person's ratings in a network: the closed form of least squares, gradient steps that come to the same, nothing else changed. */
import { beforeAll, expect, test } from 'vitest';
import { tasks } from '../../catalog';
import type { NetworkSpec } from '../../contract';
import { buildModel } from '../build';
import { loadTensorFlow, type TensorFlow } from '../tf';
import { predictNewUser, type FoldInSource } from './fold-in';
import { RatingsIndex } from './ratings-index';

const [users, items, features, trainingRows, l2] = [5, 8, 4, 40, 0.05];
const task = tasks.get('recommendation');
const rated = [6, 8, 11].map((item, at) => ({ item, rating: [5, 1, 4][at]! }));
const asked = Array.from({ length: items }, (_, at) => users + 1 + at);
let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

function sourceOf(network: NetworkSpec): FoldInSource {
  const model = buildModel(tf, network, [2], 1, 7);
  const index = new RatingsIndex(2, { user: 0, item: 1 });
  for (const item of asked) index.add(Float32Array.of(1 + (item % users), item));
  // Far from the small values that a network begins with.
  for (const weight of model.weights)
    weight.write(tf.mul(tf.randomNormal(weight.shape.map(Number), 0, 1, 'float32', 3), 0.5));
  const finished = { tf, model, task, targetScale: { mean: 3, standardDeviation: 1.2 } };
  return { finished, network, index, trainingRows };
}
const embedding = {
  id: 'embedding-1',
  type: 'embedding',
  fields: { vocabulary: users + items + 1, features, l2 },
};
const factorization: NetworkSpec = {
  layers: [embedding, { id: 'factorization-1', type: 'factorization', fields: {} }],
};

test('of matrix factorization they are those of the normal equations, and nothing of the network changes', () => {
  const source = sourceOf(factorization);
  const before = source.finished.model.getWeights().map((weight) => [...weight.dataSync()]);
  const tensors = tf.memory().numTensors;
  const predicted = predictNewUser(source, rated, asked);
  expect(tf.memory().numTensors).toBe(tensors);
  expect(source.finished.model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before);

  // y = b + q₀ + q · p with own bias b and factors p; one unknown more than factors, whose design is (1, q₁, …).
  const rowOf = (item: number) => before[0]!.slice(item * features, (item + 1) * features);
  const design = rated.map(({ item }) => [1, ...rowOf(item).slice(1)]);
  const wanted = rated.map(({ item, rating }) => (rating - 3) / 1.2 - rowOf(item)[0]!);
  const normal = design[0]!.map((_, one) =>
    design[0]!.map(
      (__, other) =>
        design.reduce((sum, row) => sum + row[one]! * row[other]!, 0) + (one === other ? l2 * trainingRows : 0),
    ),
  );
  const right = design[0]!.map((_, one) => design.reduce((sum, row, at) => sum + row[one]! * wanted[at]!, 0));
  const person = byElimination(normal, right);
  for (const [at, item] of asked.entries()) {
    const [own = 0, ...factors] = rowOf(item);
    const expected = person[0]! + own + factors.reduce((sum, value, place) => sum + value * person[place + 1]!, 0);
    expect(predicted[at]).toBeCloseTo(expected * 1.2 + 3, 4);
  }
  // Penalized as in training they come nearer to what was rated, and not all the way.
  const unknown = predictNewUser(source, [{ item: 6, rating: 3 }], [6])[0]!;
  expect(Math.abs(predicted[0]! - 5)).toBeLessThan(Math.abs(unknown - 5));
});

test('steps down the gradient come to the same', () => {
  const source = sourceOf(factorization);
  const [exact, stepped] = [predictNewUser(source, rated, asked), predictNewUser(source, rated, asked, 'gradient')];
  for (const [at, value] of stepped.entries()) expect(Math.abs(value - exact[at]!)).toBeLessThan(0.03);
});

test('a network of dense layers is fitted too: what was rated high is predicted higher', () => {
  const source = sourceOf({
    layers: [
      { ...embedding, fields: { ...embedding.fields, l2: 0 } },
      { id: 'flatten-1', type: 'flatten', fields: {} },
      { id: 'dense-1', type: 'dense', fields: { units: 8, activation: 'tanh' } },
      { id: 'dense-2', type: 'dense', fields: { units: 1, activation: 'linear' } },
    ],
  });
  const [high = 0] = predictNewUser(source, [{ item: 6, rating: 5 }], [6]);
  const [low = 0] = predictNewUser(source, [{ item: 6, rating: 1 }], [6]);
  expect(high).toBeGreaterThan(low + 0.5);
});

test('a network without rows for codes is refused', () => {
  const source = sourceOf({ layers: [{ id: 'dense-1', type: 'dense', fields: { units: 1, activation: 'linear' } }] });
  expect(() => predictNewUser(source, rated, asked)).toThrow('fold-in-unfit');
});

/** Gauss–Jordan, on its own here so that the reference shares nothing with what it checks. */
function byElimination(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  for (const [at, pivot] of rows.entries()) {
    const by = pivot[at]!;
    for (const [place, value] of pivot.entries()) pivot[place] = value / by;
    for (const [other, row] of rows.entries()) {
      if (other === at) continue;
      const factor = row[at]!;
      for (const [place, value] of pivot.entries()) row[place] = row[place]! - factor * value;
    }
  }
  return rows.map((row) => row.at(-1)!);
}
