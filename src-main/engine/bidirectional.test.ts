/**
 * The bidirectional layer against two single layers with its weights, one given the steps in reverse: every cell, every way
 * to merge, with all steps and with the last (within 1e-6, float32). The single layers have references of their own.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { layers, parseFields } from '../catalog';
import { presentSteps } from '../catalog/padding-steps';
import type { FieldValues } from '../contract';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

function modelOf(type: string, fields: FieldValues, seed: number) {
  const definition = layers.get(type);
  const values = parseFields(definition.fields, fields, type);
  return tf.sequential({ layers: [definition.build(tf, values, { name: type, seed, inputShape: [4, 3] })] });
}

const singles = { lstm: 'lstm', gru: 'gru', simple: 'simple-rnn' } as const;
const cases = (Object.keys(singles) as (keyof typeof singles)[]).flatMap((cell) =>
  (['concatenate', 'sum', 'average', 'multiply'] as const).map((merge, at) => [cell, merge, at % 2 === 0] as const),
);

test.each(cases)('%s, %s, every step: %s', (cell, merge, everyStep) => {
  const x = tf.randomUniform([2, 4, 3], -1, 1, 'float32', 7);
  const both = modelOf('bidirectional', { cell, merge, everyStep, units: 2 }, 5);
  const [ahead, back] = [1, 2].map((seed) => modelOf(singles[cell], { everyStep, units: 2 }, seed));
  const weights = both.getWeights();
  expect(weights[0]!.arraySync()).not.toEqual(weights[3]!.arraySync());
  ahead!.setWeights(weights.slice(0, 3));
  back!.setWeights(weights.slice(3));
  const first = ahead!.predict(x) as tensorflow.Tensor;
  const read = back!.predict(tf.reverse(x, 1)) as tensorflow.Tensor;
  const second = everyStep ? tf.reverse(read, 1) : read;
  const expected = {
    concatenate: () => tf.concat([first, second], -1),
    sum: () => tf.add(first, second),
    average: () => tf.div(tf.add(first, second), 2),
    multiply: () => tf.mul(first, second),
  }[merge]();
  const found = both.predict(x) as tensorflow.Tensor;
  expect(found.shape).toEqual(expected.shape);
  expect(tf.max(tf.abs(tf.sub(found, expected))).dataSync()[0]).toBeLessThan(1e-6);
});

test('hands on which steps are padding where it gives all steps', () => {
  const embedding = layers.get('embedding');
  const model = tf.sequential();
  const fields = parseFields(embedding.fields, { vocabulary: 4, features: 3 }, 'embedding');
  model.add(embedding.build(tf, fields, { name: 'embedding', seed: 1, inputShape: [4] }));
  const { fields: own, build } = layers.get('bidirectional');
  model.add(build(tf, parseFields(own, { units: 2, everyStep: true }, 'bidirectional'), { name: 'both', seed: 1 }));
  const output = model.apply(tf.tensor2d([[1, 2, 0, 0]])) as tensorflow.Tensor;
  expect(presentSteps(output)?.shape).toEqual([1, 4]);
});
