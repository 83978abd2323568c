/**
 * Networks whose branches part and join: residual, inception, squeeze-and-excite with broadcasting, and every block of the
 * catalog. Built shapes are declared ones, compiled steps are eager ones (1e-4 of the largest value, float32), gradients
 * are finite differences, and what is saved predicts and goes on as it would have.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { blocks, checkNetwork, defaultsOf, isReplacing, layers, losses, metrics, optimizers } from '../catalog';
import { generator } from '../catalog/random';
import { dataSource, type LayerSpec, type NetworkSpec, type Shape } from '../contract';
import { buildModel } from './build';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { pretrainedFrom } from './pretrained';
import { loadTensorFlow, type TensorFlow } from './tf';
import { fromBytes, modelWeights, setModelWeights, toBytes } from './weights';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
}, 60_000);

const pretrained = pretrainedFrom('resources');
const rows = 16;
const inputShape: Shape = [8, 8, 3];

const layer = (id: string, type: string, fields: LayerSpec['fields'] = {}, inputs?: string[]): LayerSpec => {
  return inputs ? { id, type, fields, inputs } : { id, type, fields };
};
const convolution = (id: string, filters: number, kernelSize: number, inputs?: string[]) =>
  layer(id, 'conv2d', { filters, kernelSize, padding: 'same', activation: 'tanh' }, inputs);
const end = [layer('end-flat', 'flatten'), layer('end', 'dense', { units: 3, activation: 'linear' })];

const networks: Record<string, NetworkSpec> = {
  'a residual block': {
    layers: [
      convolution('a', 4, 3),
      convolution('b', 4, 3),
      layer('n', 'batch-normalization'),
      layer('d', 'dropout', { rate: 0.3 }),
      layer('sum', 'add', {}, ['d', 'a']),
      ...end,
    ],
  },
  'an inception block of four branches': {
    layers: [
      convolution('one', 2, 1, [dataSource]),
      convolution('three-1', 2, 1, [dataSource]),
      convolution('three-2', 2, 3),
      convolution('five-1', 2, 1, [dataSource]),
      convolution('five-2', 2, 5),
      layer('smooth', 'gaussian-noise', { standardDeviation: 0.1 }, [dataSource]),
      layer('join', 'concatenate', {}, ['one', 'three-2', 'five-2', 'smooth']),
      ...end,
    ],
  },
  'squeeze and excite': {
    layers: [
      convolution('a', 4, 3),
      layer('squeeze', 'max-pooling2d', { poolSize: 8 }),
      layer('row', 'flatten'),
      layer('less', 'dense', { units: 2, activation: 'tanh' }),
      layer('more', 'dense', { units: 4, activation: 'sigmoid' }),
      layer('scaled', 'multiply', {}, ['a', 'more']),
      ...end,
    ],
  },
};

/** float32 in (−1, 1), or bytes for data. */
function noise(length: number, seed: number): Float32Array {
  const next = generator(seed);
  return Float32Array.from({ length }, () => next() / 2 ** 31 - 1);
}

function optionsOf(network: NetworkSpec, shape: Shape, optimizer = 'adam'): StepOptions {
  const size = shape.reduce((product, side) => product * side, 1);
  const targetScale = { mean: 0, standardDeviation: 1 };
  return {
    tf,
    model: buildModel(tf, network, shape, 3, 1, pretrained),
    data: {
      inputShape: shape,
      inputs: Uint8Array.from(noise(rows * size, 4), (value) => (value + 1) * 127),
      scale: 1 / 255,
      targets: Int32Array.from({ length: rows }, (_, row) => row % 3),
      targetScale,
    },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale,
    optimizer: { definition: optimizers.get(optimizer), fields: {} },
    learningRate: 0.01,
  };
}

const batches = Array.from({ length: 10 }, (_, step) =>
  Int32Array.from({ length: 8 }, (_, i) => (step * 5 + i) % rows),
);
const compiled = (options: StepOptions) => new CompiledStep(options, tf.backend() as unknown as BindingHolder, [8]);

/** Largest difference of two states' tensors, by the largest value. */
async function apart(one: EagerStep | CompiledStep, other: EagerStep | CompiledStep): Promise<number> {
  const [a, b] = await Promise.all([one.readState(), other.readState()]);
  expect(a.manifest).toEqual(b.manifest);
  const [found, wanted] = [fromBytes(a.tensors, a.manifest), fromBytes(b.tensors, b.manifest)];
  return Math.max(
    ...wanted.map((values, i) => {
      const scale = Math.max(...values.map(Math.abs), 1e-3);
      return Math.max(...values.map((value, j) => Math.abs(value - (found[i]?.[j] ?? NaN)))) / scale;
    }),
  );
}

async function expectCompiledAsEager(network: NetworkSpec, shape: Shape, optimizer: string): Promise<void> {
  const [one, other] = [
    compiled(optionsOf(network, shape, optimizer)),
    new EagerStep(optionsOf(network, shape, optimizer)),
  ];
  for (const batch of batches) {
    one.train(batch);
    other.train(batch);
  }
  const [trained, expected] = [one.takeSums().steps, other.takeSums().steps];
  for (const [i, { loss }] of expected.entries())
    expect(Math.abs((trained[i]?.loss ?? NaN) / loss - 1)).toBeLessThan(1e-4);
  expect(expected.at(-1)?.loss).toBeLessThan(expected[0]?.loss ?? NaN);
  expect(await apart(one, other)).toBeLessThan(1e-4);
  one.dispose();
  other.dispose();
}

describe.each(Object.entries(networks))('%s', (_name, network) => {
  test('has the shapes and parameters that the check says', () => {
    const model = buildModel(tf, network, inputShape, 3, 1);
    const checked = checkNetwork(network, inputShape, 3);
    expect(checked.layers.map(({ outputShape }) => [null, ...(outputShape ?? [])])).toEqual(
      network.layers.map(({ id }) => model.getLayer(id).outputShape),
    );
    expect(checked.trainable + checked.fixed).toBe(model.countParams());
    model.dispose();
  });

  test('trains compiled as it does eagerly', () => expectCompiledAsEager(network, inputShape, 'adam'), 60_000);

  test('has gradients equal to central differences (within 1 % of the largest, float32)', () => {
    // Without its random layers, of which every pass would draw others.
    const calm = network.layers.map((one) =>
      one.type === 'dropout' || one.type === 'gaussian-noise'
        ? { ...one, type: 'activation', fields: { activation: 'tanh' } }
        : one,
    );
    const model = buildModel(tf, { layers: calm }, inputShape, 3, 1);
    const x = tf.tensor(noise(2 * 8 * 8 * 3, 5), [2, ...inputShape]);
    const mix = tf.tensor(noise(6, 6), [2, 3]);
    const objective = (): tensorflow.Scalar =>
      tf.sum(tf.mul(model.apply(x, { training: true }) as tensorflow.Tensor, mix));
    for (const weight of model.trainableWeights) {
      const variable = weight.read() as tensorflow.Variable;
      const gradient = tf.variableGrads(objective, [variable]).grads[variable.name]!.dataSync();
      const scale = Math.max(...gradient.map(Math.abs), 1e-2);
      for (let i = 0; i < variable.size; i += Math.ceil(variable.size / 3)) {
        expect(Math.abs(slope(variable, i, objective) - gradient[i]!) / scale, weight.name).toBeLessThan(0.01);
      }
    }
    model.dispose();
  });

  test('predicts the same from saved weights', async () => {
    const [one, other] = [buildModel(tf, network, inputShape, 3, 1), buildModel(tf, network, inputShape, 3, 2)];
    const x = tf.tensor(noise(4 * 8 * 8 * 3, 9), [4, ...inputShape]);
    setModelWeights(tf, other, await toBytes(modelWeights(one)));
    const [a, b] = [one, other].map((model) => (model.predict(x) as tensorflow.Tensor).dataSync());
    expect(b).toEqual(a);
    one.dispose();
    other.dispose();
  });

  test('goes on from a checkpoint bit for bit', async () => {
    const [whole, first] = [compiled(optionsOf(network, inputShape)), compiled(optionsOf(network, inputShape))];
    for (const batch of batches) whole.train(batch);
    for (const batch of batches.slice(0, 5)) first.train(batch);
    const second = compiled(optionsOf(network, inputShape));
    await second.writeState(await first.readState());
    for (const batch of batches.slice(5)) second.train(batch);
    expect(Buffer.from((await second.readState()).tensors)).toEqual(Buffer.from((await whole.readState()).tensors));
    for (const step of [whole, first, second]) step.dispose();
  }, 60_000);
});

/** (f(w + h) − f(w − h)) / 2h for one number of a weight. */
function slope(variable: tensorflow.Variable, index: number, objective: () => tensorflow.Scalar): number {
  const h = 1e-2;
  const start = variable.dataSync<'float32'>().slice();
  const at = (shift: number) => {
    const moved = start.slice();
    moved[index] = start[index]! + shift;
    variable.assign(tf.tensor(moved, variable.shape));
    return tf.tidy(() => objective().dataSync()[0]!);
  };
  const found = (at(h) - at(-h)) / (2 * h);
  variable.assign(tf.tensor(start, variable.shape));
  return found;
}

// What stands for a whole pretrained network has tests of its own.
test.each(blocks.all.filter((block) => !isReplacing(block)))(
  'the block $id trains compiled as it does eagerly',
  (block) => {
    const specs = block.layers(defaultsOf(block.fields), block.example.input);
    if ('problem' in specs) throw new Error(specs.problem.en);
    // Smooth, so that a rounding does not become another branch; large layers as small as their examples.
    const smooth = specs.map((spec) => ({
      ...spec,
      fields: {
        ...spec.fields,
        ...layers.get(spec.type).example.fields,
        ...('activation' in spec.fields ? { activation: 'tanh' } : {}),
      },
    }));
    // A bias before a normalization has no gradient but roundings, which Adam would make large.
    return expectCompiledAsEager({ layers: [...smooth, ...end] }, block.example.input, 'sgd');
  },
  60_000,
);
