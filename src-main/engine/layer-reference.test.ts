/** Layers with fields other than their defaults against NumPy in float64 (within 2e-6 of the largest value, float32). */
import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { layers, parseFields } from '../catalog';
import type { FieldValues, Shape } from '../contract';
import { layerReferences } from './layer-reference.test-data';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const fill = (shape: readonly number[], n: number) =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (((37 * i + 11 * n) % 23) - 11) / 16),
    [...shape],
  );

/** The layer alone, its weights as the reference's, or as they were drawn. */
function modelOf(type: string, fields: FieldValues, inputShape: Shape, filled = true) {
  const definition = layers.get(type);
  const values = parseFields(definition.fields, fields, type);
  const layer = definition.build(tf, values, { name: 'tested', seed: 3, inputShape });
  const model = tf.sequential({ layers: [layer] });
  if (filled) model.weights.forEach((weight, n) => weight.write(fill(weight.shape.map(Number), n + 1)));
  return model;
}

/** The same of a layer with several inputs. @param shapes with the batch. */
function joiningModel(type: string, fields: FieldValues, shapes: readonly Shape[]) {
  const definition = layers.get(type);
  const layer = definition.build(tf, parseFields(definition.fields, fields, type), { name: 'tested', seed: 3 });
  const inputs = shapes.map((shape) => tf.input({ shape: shape.slice(1) }));
  const model = tf.model({ inputs, outputs: layer.apply(inputs) as tensorflow.SymbolicTensor });
  model.weights.forEach((weight, n) => weight.write(fill(weight.shape.map(Number), n + 1)));
  return model;
}

const numbersOf = (tensor: unknown) => [...(tensor as tensorflow.Tensor).dataSync<'float32'>()];
const largest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

test.each(layerReferences.map((reference, at) => [`${reference.layer} (${at})`, reference] as const))(
  '%s',
  (_name, { layer, fields, inputShapes, shape, y }) => {
    const [first = [], ...others] = inputShapes;
    const model =
      others.length === 0 ? modelOf(layer, fields, first.slice(1)) : joiningModel(layer, fields, inputShapes);
    const inputs = [fill(first, 0), ...others.map((other) => fill(other, 50))];
    const output = model.predict(others.length === 0 ? inputs[0]! : inputs) as tensorflow.Tensor;
    expect(output.shape).toEqual(shape);
    const difference = numbersOf(output).map((value, i) => value - (y[i] ?? NaN));
    expect(largest(difference) / largest(y)).toBeLessThan(2e-6);
  },
);

test.each([
  ['multi-head-attention', { heads: 2, headSize: 3 }],
  ['transformer-block', { heads: 2, feedForward: 5, dropout: 0 }],
])('a causal %s gives earlier steps nothing of a later one', (type, fields) => {
  const x = fill([1, 4, 4], 0);
  const changed = tf.concat([x.slice([0, 0, 0], [1, 3, 4]), fill([1, 1, 4], 5)], 1);
  const apart = (causal: boolean) => {
    const model = modelOf(type, { ...fields, causal }, [4, 4]);
    const [one, other] = [x, changed].map((input) => numbersOf(model.predict(input)));
    return one!.slice(0, 12).map((value, i) => value - other![i]!);
  };
  expect(largest(apart(true))).toBe(0);
  expect(largest(apart(false))).toBeGreaterThan(1e-3);
});

test('region pooling has gradients in the map and in the boxes equal to central differences (within 1 %, float32)', () => {
  const model = joiningModel('roi-pooling', { rows: 2, columns: 2 }, [
    [1, 5, 4, 2],
    [1, 2, 4],
  ]);
  const boxes = [0.12, 0.2, 0.71, 0.83, 0.33, 0.05, 0.9, 0.47];
  const given = [fill([1, 5, 4, 2], 0), tf.tensor(boxes, [1, 2, 4])];
  const mix = fill([1, 2, 2, 2, 2], 7);
  const objective = (...inputs: tensorflow.Tensor[]): tensorflow.Scalar =>
    tf.sum(tf.mul(model.apply(inputs) as tensorflow.Tensor, mix));
  const gradients = tf.grads(objective)(given).map(numbersOf);
  for (const [place, input] of given.entries()) {
    const slopes = numbersOf(input).map((_, at) => {
      const [above, below] = [1e-3, -1e-3].map((shift) => {
        const moved = numbersOf(input).map((value, i) => (i === at ? value + shift : value));
        return objective(...given.with(place, tf.tensor(moved, input.shape))).dataSync()[0]!;
      });
      return (above! - below!) / 2e-3;
    });
    const difference = slopes.map((slope, at) => slope - gradients[place]![at]!);
    expect(largest(difference) / largest(slopes)).toBeLessThan(0.01);
  }
});

test('the rows of an embedding get the sum of what each of their places got, padding nothing', () => {
  const model = modelOf('embedding', { vocabulary: 4, features: 2 }, [4]);
  const codes = tf.tensor2d([2, 3, 2, 0], [1, 4]);
  const mix = tf.tensor([1, 10, 2, 20, 4, 40, 8, 80], [1, 4, 2]);
  const table = model.weights[0]!.read() as tensorflow.Variable;
  const { grads } = tf.variableGrads(
    () => tf.sum(tf.mul(model.apply(codes) as tensorflow.Tensor, mix)) as tensorflow.Scalar,
    [table],
  );
  expect(numbersOf(Object.values(grads)[0])).toEqual([0, 0, 0, 0, 5, 50, 2, 20]);
});

/** An embedding, then the layers named. */
function textModel(steps: number, after: readonly (readonly [string, FieldValues])[], ignorePadding: boolean) {
  const model = modelOf('embedding', { vocabulary: 6, features: 4, ignorePadding }, [steps]);
  for (const [type, fields] of after) {
    const definition = layers.get(type);
    model.add(definition.build(tf, parseFields(definition.fields, fields, type), { name: type, seed: 4 }));
  }
  return model;
}

test.each([
  [[['global-average-pooling1d', {}]]],
  [[['global-max-pooling1d', {}]]],
  [
    [
      ['multi-head-attention', { heads: 2, headSize: 3 }],
      ['transformer-block', { heads: 2, feedForward: 5, dropout: 0 }],
      ['global-average-pooling1d', {}],
    ],
  ],
] as const)('padding does not count (%#)', (after) => {
  const given = (ignorePadding: boolean) => {
    const predicted = [
      [4, 2, 4],
      [4, 2, 4, 0, 0, 0],
    ].map((codes) => numbersOf(textModel(codes.length, after, ignorePadding).predict(tf.tensor2d([codes]))));
    return largest(predicted[0]!.map((value, i) => value - predicted[1]![i]!));
  };
  expect(given(true)).toBeLessThan(1e-6);
  expect(given(false)).toBeGreaterThan(1e-3);
});
