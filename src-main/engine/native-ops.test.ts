/**
 * The kernels of recurrent layers against three references: the same cells composed of TensorFlow's ops, PyTorch's numbers,
 * and JavaScript's own tanh; in every set of processor instructions that this machine has, for sizes that fill vectors
 * and blocks and for sizes that do not.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { layers, losses, metrics, optimizers, parseFields } from '../catalog';
import { generator } from '../catalog/random';
import { cells, type CellKind } from '../catalog/recurrent-cells';
import type { NetworkSpec } from '../contract';
import { buildModel } from './build';
import { createStep } from './create-step';
import { EagerStep } from './eager-step';
import { loadNativeOps } from './native-ops';
import { torchReference } from './recurrent-reference.test-data';
import type { Step } from './step';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
let opsReason: string | null;
beforeAll(async () => {
  ({ tf, opsReason } = await loadTensorFlow());
});

const kinds: readonly CellKind[] = ['lstm', 'gru', 'tanh', 'relu'];

function noise(shape: readonly number[], seed: number, scale = 1): tensorflow.Tensor {
  const next = generator(seed);
  const size = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => (next() / 2 ** 31 - 1) * scale),
    [...shape],
  );
}

/** The sets of instructions of this machine; the portable one always. */
function instructionSets(): string[] {
  return ['baseline', 'avx2', 'avx512'].filter((instructions) => {
    try {
      tf.dispose(tf.engine().runKernel('TandemActivations', { x: tf.zeros([1]) }, { instructions }));
      return true;
    } catch (error) {
      expect(String(error)).toContain('has no');
      return false;
    }
  });
}

test('the kernels are loaded, and a library that is not there is a reason in words', () => {
  expect(opsReason).toBeNull();
  expect(loadNativeOps(tf, '/nowhere/tandem_ops.node')).toContain('Cannot find');
});

test('tanh and sigmoid are within 1e-6 of the exact ones, and NaN stays NaN', () => {
  const values = Float32Array.from({ length: 40001 }, (_, i) => (i - 20000) / 1000);
  const special = [NaN, Infinity, -Infinity, 1e30, -1e30, 1e-30];
  for (const instructions of instructionSets()) {
    const run = (x: ArrayLike<number>) =>
      (
        tf
          .engine()
          .runKernel('TandemActivations', { x: tf.tensor1d([...Array.from(x)]) }, { instructions }) as unknown as [
          tensorflow.Tensor,
          tensorflow.Tensor,
        ]
      ).map((result) => result.dataSync());
    const [tanh, sigmoid] = run(values);
    let worst = 0;
    for (const [i, x] of values.entries()) {
      worst = Math.max(worst, Math.abs(tanh![i]! - Math.tanh(x)), Math.abs(sigmoid![i]! - 1 / (1 + Math.exp(-x))));
    }
    expect(worst).toBeLessThan(1e-6);
    const [tanhs, sigmoids] = run(special);
    expect([tanhs![0], sigmoids![0]]).toEqual([NaN, NaN]);
    [1, -1, 1, -1, 0].forEach((expected, i) => expect(tanhs![i + 1]).toBeCloseTo(expected, 6));
    [1, 0, 1, 0, 0.5].forEach((expected, i) => expect(sigmoids![i + 1]).toBeCloseTo(expected, 6));
  }
});

const sizes = [
  { batch: 1, steps: 1, features: 1, units: 1 },
  { batch: 7, steps: 4, features: 3, units: 5 },
  { batch: 64, steps: 3, features: 28, units: 64 },
  { batch: 131, steps: 5, features: 2, units: 37 },
];
const cases = kinds.flatMap((kind) =>
  sizes.flatMap((size) => [true, false].map((everyStep) => ({ kind, everyStep, ...size }))),
);

/** Largest difference, relative to the largest number of the reference. */
function difference(actual: tensorflow.Tensor, expected: tensorflow.Tensor): number {
  expect(actual.shape).toEqual(expected.shape);
  return tf.tidy(() => {
    const scale = tf.maximum(tf.max(tf.abs(expected)), 1e-3);
    return tf.div(tf.max(tf.abs(tf.sub(actual, expected))), scale).dataSync()[0]!;
  });
}

/** Weights of a layer of the catalog, and that layer, whose first weights are replaced by larger ones. */
function layerOf(kind: CellKind, units: number, features: number, steps: number, everyStep: boolean) {
  const simple = kind === 'tanh' || kind === 'relu';
  const definition = layers.get(simple ? 'simple-rnn' : kind);
  const values = parseFields(definition.fields, { units, everyStep, ...(simple ? { activation: kind } : {}) }, kind);
  const layer = definition.build(tf, values, { name: 'tested', seed: 1, inputShape: [steps, features] });
  const model = tf.sequential({ layers: [layer] });
  layer.weights.forEach((weight, i) => weight.write(noise(weight.shape.map(Number), 10 + i, 0.6)));
  return {
    model,
    weights: layer.weights.map((weight) => weight.read()) as [tensorflow.Tensor, tensorflow.Tensor, tensorflow.Tensor],
  };
}

test.each(cases)(
  '$kind of $batch × $steps × $features, $units units, every step: $everyStep, equals the composed one (1e-5; gradients 1e-4)',
  ({ kind, batch, steps, features, units, everyStep }) => {
    const { model, weights } = layerOf(kind, units, features, steps, everyStep);
    const x = noise([batch, steps, features], 2) as tensorflow.Tensor3D;
    const mix = noise(everyStep ? [batch, steps, units] : [batch, units], 3);
    const outputOf = {
      native: (input: tensorflow.Tensor) => model.apply(input) as tensorflow.Tensor,
      composed: (input: tensorflow.Tensor, all: typeof weights) =>
        cells[kind].composed(tf, input as tensorflow.Tensor3D, all, everyStep),
    };
    expect(difference(outputOf.native(x), outputOf.composed(x, weights))).toBeLessThan(1e-5);
    const gradients = (way: keyof typeof outputOf) => {
      const variables = weights as unknown as tensorflow.Variable[];
      const { grads } = tf.variableGrads(
        () => tf.sum(tf.mul(outputOf[way](x, weights), mix)) as tensorflow.Scalar,
        variables,
      );
      const ofInput = tf.grad((input) => tf.sum(tf.mul(outputOf[way](input, weights), mix)))(x);
      // Where there is one step, the composed cell never meets its recurrent weights.
      return [ofInput, ...variables.map((variable) => grads[variable.name] ?? tf.zerosLike(variable))];
    };
    const [native, composed] = [gradients('native'), gradients('composed')];
    native.forEach((gradient, i) => expect(difference(gradient, composed[i]!)).toBeLessThan(1e-4));
    model.dispose();
  },
);

test.each(kinds)('%s gives the same in every set of instructions, and the same bits when run again', (kind) => {
  const [batch, steps, features, units] = [50, 4, 3, 21];
  const { columns, biasRows } = cells[kind];
  const x = noise([batch, steps, features], 1);
  const kernel = noise([features, columns * units], 2, 0.5);
  const recurrent = noise([units, columns * units], 3, 0.5);
  const bias = noise([biasRows * columns * units], 4);
  const dy = noise([batch, steps, units], 5);
  const run = (instructions: string) => {
    const attributes = { cell: kind, instructions };
    const forward = tf.engine().runKernel('TandemRecurrent', { x, kernel, recurrent, bias }, attributes);
    const [h, last, gates, states] = forward as unknown as tensorflow.Tensor[];
    const saved = { x, recurrent, h: h!, gates: gates!, cells: states!, dy };
    const back = tf.engine().runKernel('TandemRecurrentGrad', saved, attributes) as unknown as tensorflow.Tensor[];
    return [h!, last!, ...back];
  };
  const sets = instructionSets();
  const [reference, ...others] = sets.map(run);
  for (const other of others) {
    other.forEach((tensor, i) => expect(difference(tensor, reference![i]!)).toBeLessThan(1e-5));
  }
  const again = run(sets.at(-1)!);
  (others.at(-1) ?? reference!).forEach((tensor, i) => expect(again[i]!.dataSync()).toEqual(tensor.dataSync()));
});

describe('PyTorch', () => {
  const fill = (count: number, n: number) =>
    Array.from({ length: count }, (_, i) => (((i * 37 + n * 11) % 23) - 11) / 16);
  /** PyTorch's rows of gates in this project's order: columns, z before r. */
  const order = { lstm: [0, 1, 2, 3, 4, 5, 6, 7], gru: [2, 3, 0, 1, 4, 5] };
  const shapes = { x: [2, 3, 2] as [number, number, number], units: 2 };

  test.each(['lstm', 'gru'] as const)('%s has its outputs and gradients (1e-5)', (kind) => {
    const rows = order[kind];
    const turned = (values: readonly number[]) =>
      tf.transpose(tf.gather(tf.tensor2d([...values], [rows.length, 2]), tf.tensor1d(rows, 'int32')));
    const ordered = (values: readonly number[]) => rows.map((row) => values[row]!);
    const { y, dx, dw, du, dbi, dbh } = torchReference[kind];
    const biases = [ordered(fill(rows.length, 3)), ordered(fill(rows.length, 4))] as const;
    const x = tf.tensor3d(fill(12, 5), shapes.x);
    const { model, weights } = layerOf(kind, shapes.units, 2, 3, true);
    const [kernel, recurrent, bias] = model.weights;
    kernel!.write(turned(fill(2 * rows.length, 1)));
    recurrent!.write(turned(fill(2 * rows.length, 2)));
    bias!.write(kind === 'gru' ? tf.tensor2d([...biases]) : tf.add(tf.tensor1d(biases[0]), tf.tensor1d(biases[1])));
    const mix = tf.tensor3d(fill(12, 6), [2, 3, 2]);
    const objective = () => tf.sum(tf.mul(model.apply(x) as tensorflow.Tensor, mix)) as tensorflow.Scalar;
    expect(difference(model.apply(x) as tensorflow.Tensor, tf.tensor3d([...y], [2, 3, 2]))).toBeLessThan(1e-5);
    const ofInput = tf.grad((input) => tf.sum(tf.mul(model.apply(input) as tensorflow.Tensor, mix)))(x);
    expect(difference(ofInput, tf.tensor3d([...dx], shapes.x))).toBeLessThan(1e-5);
    const { grads } = tf.variableGrads(objective, weights as unknown as tensorflow.Variable[]);
    const expected = [
      turned(dw),
      turned(du),
      kind === 'gru' ? tf.tensor2d([ordered(dbi), ordered(dbh)]) : tf.tensor1d(ordered(dbi)),
    ];
    weights.forEach((weight, i) =>
      expect(difference(grads[(weight as tensorflow.Variable).name]!, expected[i]!)).toBeLessThan(1e-5),
    );
    model.dispose();
  });
});

/** Two layers of a kind, trained for 20 steps compiled and eagerly on the same rows. */
describe.each(['lstm', 'gru', 'simple-rnn'])('two layers of %s, 20 steps', (type) => {
  const inputShape = [3, 4];
  const network: NetworkSpec = {
    layers: [
      { id: 'first', type, fields: { units: 9, everyStep: true } },
      { id: 'second', type, fields: { units: 7 } },
      { id: 'dense', type: 'dense', fields: { units: 3, activation: 'linear' } },
    ],
  };
  const rows = 32;
  const options = () => ({
    tf,
    model: buildModel(tf, network, inputShape, 3, 5),
    data: {
      inputShape,
      inputs: noise([rows, ...inputShape], 8).dataSync() as Float32Array,
      scale: 1,
      targets: Int32Array.from({ length: rows }, (_, row) => row % 3),
      targetScale: { mean: 0, standardDeviation: 1 },
    },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale: { mean: 0, standardDeviation: 1 },
    optimizer: { definition: optimizers.get('adam'), fields: {} },
    learningRate: 0.003,
  });

  async function trained(step: Step) {
    for (let i = 0; i < 20; i++) step.train(Int32Array.from({ length: 16 }, (_, row) => (i * 16 + row) % rows));
    const { steps } = step.takeSums();
    const { weights } = await step.readWeights();
    step.dispose();
    return { losses: steps.map(({ loss }) => loss), weights: new Float32Array(new Uint8Array(weights).buffer) };
  }

  function compiled(): Step {
    const { step, eagerReason } = createStep(options(), rows, 16);
    expect(eagerReason).toBeNull();
    return step;
  }

  function expectEqual(one: Awaited<ReturnType<typeof trained>>, other: typeof one) {
    one.losses.forEach((loss, i) => expect(Math.abs(loss / other.losses[i]! - 1)).toBeLessThan(1e-4));
    const scale = Math.max(...other.weights.map(Math.abs));
    one.weights.forEach((value, i) => expect(Math.abs(value - other.weights[i]!) / scale).toBeLessThan(1e-4));
  }

  test('compiled equal eager (1e-4)', async () => {
    expectEqual(await trained(compiled()), await trained(new EagerStep(options())));
  });

  test('give the same without the kernels, compiled from composed cells (1e-4)', async () => {
    const withKernels = await trained(compiled());
    tf.unregisterKernel('TandemRecurrent', 'tensorflow');
    try {
      expectEqual(await trained(compiled()), withKernels);
    } finally {
      expect(loadNativeOps(tf)).toBeNull();
    }
  });
});

test('the rows of a picture enter an LSTM as its steps, compiled', () => {
  const inputShape = [8, 6, 1];
  const rows = 64;
  const next = generator(4);
  const network: NetworkSpec = {
    layers: [
      { id: 'reshape', type: 'reshape', fields: {} },
      { id: 'lstm', type: 'lstm', fields: { units: 16 } },
      { id: 'dense', type: 'dense', fields: { units: 2, activation: 'linear' } },
    ],
  };
  const { step, eagerReason } = createStep(
    {
      tf,
      model: buildModel(tf, network, inputShape, 2, 1),
      data: {
        inputShape,
        // One class is brighter at the top: 8 × 6 pixels each.
        inputs: Uint8Array.from({ length: rows * 48 }, (_, i) => {
          const [row, top] = [Math.floor(i / 48), i % 48 < 24];
          return (next() % 128) + ((row % 2 === 0) === top ? 127 : 0);
        }),
        scale: 1 / 255,
        targets: Int32Array.from({ length: rows }, (_, row) => row % 2),
        targetScale: { mean: 0, standardDeviation: 1 },
      },
      loss: losses.get('cross-entropy'),
      metrics: [metrics.get('accuracy')],
      targetScale: { mean: 0, standardDeviation: 1 },
      optimizer: { definition: optimizers.get('adam'), fields: {} },
      learningRate: 0.01,
    },
    rows,
    32,
  );
  expect(eagerReason).toBeNull();
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const before = step.evaluate(all).loss;
  for (let i = 0; i < 40; i++) step.train(all.subarray((i % 2) * 32, (i % 2) * 32 + 32));
  expect(step.evaluate(all).loss).toBeLessThan(before / 10);
  expect(step.evaluate(all).metrics[0]).toBe(rows);
  step.dispose();
});

test('wrong shapes are refused in words', () => {
  const recurrent = tf.zeros([4, 16]);
  expect(() =>
    tf.engine().runKernel('TandemRecurrent', {
      x: tf.zeros([2, 3, 5]),
      kernel: tf.zeros([6, 16]),
      recurrent,
      bias: tf.zeros([16]),
    }),
  ).toThrow('do not fit the inputs');
});
