/**
 * What every layer, loss and metric must hold with the real library: declared shapes and counts are the built ones,
 * gradients are finite differences, saved weights give the same predictions, and training lowers the loss.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { layers, losses, metrics, optimizers, parseFields, type LayerDefinition } from '../catalog';
import { generator } from '../catalog/random';
import { isStepSeeded } from '../catalog/step-seeded';
import { dataSource, type FieldValues, type LayerSpec, type NetworkSpec } from '../contract';
import { branchesOf } from './branches.test-data';
import { buildModel } from './build';
import { EagerStep } from './eager-step';
import { stepRandom } from './step-random';
import { pretrainedFrom } from './pretrained';
import { loadTensorFlow, type TensorFlow } from './tf';
import { modelWeights, ownWeights, setModelWeights, toBytes } from './weights';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

/** Its files are read once for all layers. */
const pretrained = pretrainedFrom('resources');

/** Values in (−1, 1), the same each time. */
function noise(size: number, seed: number): Float32Array {
  const next = generator(seed);
  return Float32Array.from({ length: size }, () => next() / 2 ** 31 - 1);
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

/** The layer with its defaults (and a smooth activation, so that finite differences make sense), built alone. */
function builtAlone(definition: LayerDefinition, smooth: boolean) {
  const activation: FieldValues = smooth && 'activation' in definition.fields ? { activation: 'tanh' } : {};
  const { inputs, vocabulary, fields } = definition.example;
  const values = parseFields(
    definition.fields,
    { ...activation, ...(vocabulary && 'vocabulary' in definition.fields ? { vocabulary } : {}), ...fields },
    definition.id,
  );
  const [only] = inputs.length === 1 ? inputs : [];
  const layer = definition.build(tf, values, {
    name: 'tested',
    seed: 3,
    pretrained,
    ...(only ? { inputShape: only } : {}),
  });
  if (only) return { values, model: tf.sequential({ layers: [layer] }) as tensorflow.LayersModel };
  const data = inputs.map((shape) => tf.input({ shape: [...shape] }));
  return { values, model: tf.model({ inputs: data, outputs: layer.apply(data) as tensorflow.SymbolicTensor }) };
}

/** Noise, or codes of the vocabulary where the layer looks them up. */
function valuesFor({ vocabulary }: LayerDefinition['example'], size: number, seed: number): Float32Array {
  const values = noise(size, seed);
  return vocabulary ? values.map((value) => Math.floor(Math.abs(value) * vocabulary)) : values;
}

/** A batch of noise for each input that the layer takes. */
function examplesOf({ example }: LayerDefinition, rows: number, seed: number) {
  const batches = example.inputs.map((shape, at) =>
    tf.tensor(valuesFor(example, rows * sizeOf(shape), seed + at), [rows, ...shape]),
  );
  return batches.length === 1 ? batches[0]! : batches;
}

describe.each(layers.all)('layer $id', (definition) => {
  const { inputs } = definition.example;

  test('has the shape and the parameters it declares', () => {
    const { values, model } = builtAlone(definition, false);
    const output = model.predict(examplesOf(definition, 2, 1)) as tensorflow.Tensor;
    expect(output.shape).toEqual([2, ...(definition.outputShape(values, inputs) as number[])]);
    const trainable = model.trainableWeights.reduce((sum, { shape }) => sum + sizeOf(shape.map(Number)), 0);
    expect(definition.parameters(values, inputs)).toEqual({ trainable, fixed: model.countParams() - trainable });
    model.dispose();
  });

  test('has gradients equal to central differences (within 1 % of the largest, float32)', () => {
    const { model } = builtAlone(definition, true);
    const x = examplesOf(definition, 4, 5);
    const output = model.predict(x) as tensorflow.Tensor;
    const mix = tf.tensor(noise(output.size, 6), output.shape);
    const objective = (): tensorflow.Scalar =>
      tf.sum(tf.mul(model.apply(x, { training: true }) as tensorflow.Tensor, mix));
    for (const layer of model.layers) if (isStepSeeded(layer)) layer.setRandom(stepRandom(tf, 0));
    const weights = model.trainableWeights.map((weight) => weight.read() as tensorflow.Variable);
    for (const weight of weights) {
      const gradient = tf.variableGrads(objective, [weight]).grads[weight.name]!.dataSync();
      const scale = Math.max(...gradient.map(Math.abs), 1e-3);
      for (let i = 0; i < weight.size; i += Math.ceil(weight.size / 12)) {
        expect(Math.abs(difference(weight, i, objective) - gradient[i]!) / scale).toBeLessThan(0.01);
      }
    }
    model.dispose();
  });

  test('predicts the same after its weights were saved and put into a new model', async () => {
    const [one, other] = [builtAlone(definition, false).model, builtAlone(definition, false).model];
    const x = examplesOf(definition, 8, 9);
    for (const weight of ownWeights(one)) weight.write(tf.add(weight.read(), 0.25));
    setModelWeights(tf, other, await toBytes(modelWeights(one)));
    const [a, b] = [one, other].map((model) => (model.predict(x) as tensorflow.Tensor).dataSync());
    expect(b).toEqual(a);
    one.dispose();
    other.dispose();
  });
});

/** (f(w + h) − f(w − h)) / 2h for one number of a weight. */
function difference(weight: tensorflow.Variable, index: number, objective: () => tensorflow.Scalar): number {
  const h = 1e-2;
  const start = weight.dataSync<'float32'>().slice();
  const at = (shift: number) => {
    const moved = start.slice();
    moved[index] = start[index]! + shift;
    weight.assign(tf.tensor(moved, weight.shape));
    return tf.tidy(() => objective().dataSync()[0]!);
  };
  const slope = (at(h) - at(-h)) / (2 * h);
  weight.assign(tf.tensor(start, weight.shape));
  return slope;
}

/**
 * A network that can hold the layer: before it its example's input, after it what gives 3 numbers. What it joins beside the
 * data are the data's own values bent in other ways, so that the branches differ.
 */
function around(definition: LayerDefinition): NetworkSpec {
  const {
    inputs: [first = []],
    fields = {},
  } = definition.example;
  const { layers: others, ids } = branchesOf(definition, dataSource, first, 'branch');
  const tested: LayerSpec = { id: 'tested', type: definition.id, fields, inputs: [dataSource, ...ids] };
  return {
    layers: [
      ...others,
      tested,
      { id: 'flatten-end', type: 'flatten', fields: {} },
      { id: 'dense-end', type: 'dense', fields: { units: 3, activation: 'linear' } },
    ],
  };
}

/** Every layer and every optimizer, not each with each: that pairs do the same compiled is the compiled suite's to show. */
const combinations = layers.all.map((layer, at) => ({ layer, optimizer: optimizers.all[at % optimizers.all.length]! }));

test.each(combinations)('$layer.id learns with $optimizer.id', ({ layer, optimizer }) => {
  const [input = []] = layer.example.inputs;
  const model = buildModel(tf, around(layer), input, 3, 1, pretrained);
  const isRandom = model.layers.some(isStepSeeded);
  const inputs = valuesFor(layer.example, 16 * sizeOf(input), 2);
  const targets = Int32Array.from({ length: 16 }, (_, row) => row % 3);
  const data = { inputShape: input, inputs, scale: 1, targets, targetScale: { mean: 0, standardDeviation: 1 } };
  const measures = { loss: losses.get('cross-entropy'), metrics: [metrics.get('accuracy')] };
  const step = new EagerStep({
    ...measures,
    tf,
    model,
    data,
    targetScale: data.targetScale,
    optimizer: { definition: optimizer, fields: {} },
    learningRate: optimizer.defaultLearningRate,
  });
  const rows = Int32Array.from({ length: 16 }, (_, row) => row);
  for (let i = 0; i < 30; i++) step.train(rows);
  const { steps } = step.takeSums();
  const mean = (some: typeof steps) => some.reduce((sum, { loss }) => sum + loss, 0) / some.length;
  expect(mean(steps.slice(-5))).toBeLessThan(mean(steps.slice(0, 5)));
  if (!isRandom) expect(steps[1]!.loss).toBeLessThan(steps[0]!.loss);
  step.dispose();
});

describe('losses and metrics', () => {
  const logits = [2, 1, 0, -1, 3, 0.5];
  test('cross-entropy is log Σ exp − the right logit', () => {
    const values = losses
      .get('cross-entropy')
      .perExample(tf, tf.tensor1d([0, 2], 'int32'), tf.tensor2d(logits, [2, 3]));
    const first = Math.log(Math.exp(2) + Math.exp(1) + 1) - 2;
    const second = Math.log(Math.exp(-1) + Math.exp(3) + Math.exp(0.5)) - 0.5;
    expect(values.shape).toEqual([2]);
    expect(values.arraySync()[0]).toBeCloseTo(first, 6);
    expect(values.arraySync()[1]).toBeCloseTo(second, 6);
  });

  test('with smoothed labels a tenth of each answer is every class', () => {
    const [value] = losses
      .get('smoothed-cross-entropy')
      .perExample(tf, tf.tensor1d([0], 'int32'), tf.tensor2d(logits.slice(0, 3), [1, 3]))
      .arraySync();
    const total = Math.log(Math.exp(2) + Math.exp(1) + 1);
    expect(value).toBeCloseTo(0.9 * (total - 2) + (0.1 * (total - 2 + (total - 1) + total)) / 3, 6);
  });

  test('cross-entropy stays finite for large logits', () => {
    const output = tf.tensor2d([1000, -1000], [1, 2]);
    const [value] = losses
      .get('cross-entropy')
      .perExample(tf, tf.tensor1d([1], 'int32'), output)
      .arraySync();
    expect(value).toBeCloseTo(2000, 2);
  });

  test('accuracy counts the largest output', () => {
    const target = tf.tensor1d([0, 2], 'int32');
    expect(
      metrics
        .get('accuracy')
        .perExample(tf, target, tf.tensor2d(logits, [2, 3]))
        .arraySync(),
    ).toEqual([1, 0]);
  });

  const [target, output] = [
    [1, -2, 0],
    [1.5, 1, 0],
  ];
  test.each([
    ['mean-squared-error', losses, [0.25, 9, 0]],
    ['mean-absolute-error', losses, [0.5, 3, 0]],
    ['mean-absolute-error', metrics, [0.5, 3, 0]],
    ['root-mean-squared-error', metrics, [0.25, 9, 0]],
  ] as const)('%s per example (%#)', (id, registry, expected) => {
    const values = registry.get(id).perExample(tf, tf.tensor2d(target!, [3, 1]), tf.tensor2d(output!, [3, 1]));
    expect(values.arraySync()).toEqual(expected);
  });

  test('RMSE is the root of the mean', () => {
    expect(metrics.get('root-mean-squared-error').finish?.(9)).toBe(3);
  });
});
