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

/** The layer alone, its weights as the reference's. */
function modelOf(type: string, fields: FieldValues, inputShape: Shape) {
  const definition = layers.get(type);
  const values = parseFields(definition.fields, fields, type);
  const layer = definition.build(tf, values, { name: 'tested', seed: 3, inputShape });
  const model = tf.sequential({ layers: [layer] });
  model.weights.forEach((weight, n) => weight.write(fill(weight.shape.map(Number), n + 1)));
  return model;
}

const numbersOf = (tensor: unknown) => [...(tensor as tensorflow.Tensor).dataSync<'float32'>()];
const largest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

test.each(layerReferences.map((reference, at) => [`${reference.layer} (${at})`, reference] as const))(
  '%s',
  (_name, { layer, fields, inputShape, shape, y }) => {
    const model = modelOf(layer, fields, inputShape.slice(1));
    const output = model.predict(fill(inputShape, 0)) as tensorflow.Tensor;
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
