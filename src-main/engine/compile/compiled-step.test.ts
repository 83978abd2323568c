/** The compiled step against the eager one: the same numbers, for networks with every kind of state. */
import { beforeAll, describe, expect, test } from 'vitest';
import { losses, metrics, optimizers } from '../../catalog';
import type { LayerSpec, Shape } from '../../contract';
import { buildModel } from '../build';
import { EagerStep, type StepOptions } from '../eager-step';
import { shuffled } from '../random';
import { loadTensorFlow, type TensorFlow } from '../tf';
import { fromBytes } from '../weights';
import { CompiledStep } from './compiled-step';
import type { BindingHolder } from './recorder';

let tf: TensorFlow;
beforeAll(async () => {
  tf = (await loadTensorFlow()).tf;
});

const rows = 150;
const batchSize = 32;
const dense = (id: string, units: number, extra = {}): LayerSpec => ({
  id,
  type: 'dense',
  fields: { units, ...extra },
});

interface Case {
  readonly inputShape: Shape;
  readonly layers: LayerSpec[];
  readonly optimizer: { readonly type: string; readonly fields: Record<string, number | boolean> };
  readonly target: 'classes' | 'number';
}

const cases: Record<string, Case> = {
  'a dense network with Adam': {
    inputShape: [6],
    layers: [dense('a', 8), dense('b', 3, { activation: 'linear' })],
    optimizer: { type: 'adam', fields: {} },
    target: 'classes',
  },
  'convolution and batch normalization with momentum and decay': {
    inputShape: [8, 8, 1],
    layers: [
      { id: 'c', type: 'conv2d', fields: { filters: 4 } },
      { id: 'n', type: 'batch-normalization', fields: {} },
      { id: 'p', type: 'max-pooling2d', fields: {} },
      { id: 'f', type: 'flatten', fields: {} },
      dense('o', 3, { activation: 'linear' }),
    ],
    optimizer: { type: 'sgd', fields: { momentum: 0.9, nesterov: true, weightDecay: 0.01 } },
    target: 'classes',
  },
  'L1 and L2 on a numeric target with RMSProp': {
    inputShape: [6],
    layers: [dense('a', 8, { l1: 0.001, l2: 0.01 }), dense('b', 1, { activation: 'linear' })],
    optimizer: { type: 'rmsprop', fields: { momentum: 0.5 } },
    target: 'number',
  },
  'dropout, whose masks follow from seed and step': {
    inputShape: [6],
    layers: [
      dense('a', 32),
      { id: 'd', type: 'dropout', fields: { rate: 0.5 } },
      dense('b', 3, { activation: 'linear' }),
    ],
    optimizer: { type: 'adam', fields: {} },
    target: 'classes',
  },
  'plain gradient descent': {
    inputShape: [6],
    layers: [dense('b', 3, { activation: 'linear' })],
    optimizer: { type: 'sgd', fields: { momentum: 0 } },
    target: 'classes',
  },
};

/** Every optimizer with its defaults, on a network with dropout and moving statistics. */
const everyOptimizer = optimizers.all.map(({ id }): [string, Case] => [
  `dropout and batch normalization with ${id}`,
  {
    inputShape: [6],
    layers: [
      dense('a', 8, { activation: 'tanh' }),
      { id: 'n', type: 'batch-normalization', fields: {} },
      { id: 'd', type: 'dropout', fields: { rate: 0.3 } },
      dense('b', 3, { activation: 'linear' }),
    ],
    optimizer: { type: id, fields: {} },
    target: 'classes',
  },
]);

function optionsOf({ inputShape, layers, optimizer, target }: Case): StepOptions {
  const size = inputShape.reduce((product, one) => product * one, 1);
  const classes = target === 'classes';
  const order = shuffled(
    Int32Array.from({ length: rows * size }, (_, i) => i),
    7,
    1,
  );
  return {
    tf,
    model: buildModel(tf, { layers }, inputShape, classes ? 3 : 1, 1),
    data: {
      inputShape,
      inputs: Uint8Array.from(order, (value) => value % 256),
      scale: 1 / 255,
      targets: classes
        ? Int32Array.from({ length: rows }, (_, row) => (order[row * size] ?? 0) % 3)
        : Float32Array.from({ length: rows }, (_, row) => ((order[row * size] ?? 0) % 17) / 8 - 1),
      targetScale: { mean: 0, standardDeviation: 1 },
    },
    loss: losses.get(classes ? 'cross-entropy' : 'mean-squared-error'),
    metrics: [metrics.get(classes ? 'accuracy' : 'mean-absolute-error')],
    targetScale: { mean: 0, standardDeviation: 1 },
    optimizer: { definition: optimizers.get(optimizer.type), fields: optimizer.fields },
    learningRate: optimizer.type === 'adadelta' ? 1 : 0.01,
  };
}

const compile = (options: StepOptions, sizes: readonly number[]) =>
  new CompiledStep(options, options.tf.backend() as unknown as BindingHolder, sizes);

function batchesOf(steps: number): Int32Array[] {
  return Array.from({ length: steps }, (_, step) =>
    Int32Array.from({ length: step % 5 === 4 ? 22 : batchSize }, (_, i) => (step * batchSize + i) % rows),
  );
}

/** Counts the calls of graphs until `end`. */
function countCalls() {
  const holder = tf.backend() as unknown as BindingHolder;
  const { binding } = holder;
  let count = 0;
  const counted = {
    runSavedModel: (...call: Parameters<typeof binding.runSavedModel>) => (count++, binding.runSavedModel(...call)),
  };
  holder.binding = new Proxy({} as typeof binding, {
    get(_target, key) {
      const value: unknown = Reflect.get(counted, key) ?? Reflect.get(binding, key);
      return typeof value === 'function' ? value.bind(binding) : value;
    },
  });
  return {
    end: () => {
      holder.binding = binding;
      return count;
    },
  };
}

describe.each([...Object.entries(cases), ...everyOptimizer])('%s', (_name, one) => {
  test('20 compiled steps equal 20 eager steps, the smaller last batch of an epoch too', async () => {
    const options = optionsOf(one);
    const eager = new EagerStep(options);
    const compiled = compile(optionsOf(one), [batchSize, 22]);
    // The largest value that each tensor had on the way: a running mean of gradients passes through zero.
    const scales: number[] = [];
    for (const batch of batchesOf(20)) {
      // A rate of its own for each step, as a schedule gives it.
      const rate = options.learningRate / (1 + 0.1 * eager.step);
      eager.train(batch, rate);
      compiled.train(batch, rate);
      const { tensors, manifest } = await eager.readState();
      fromBytes(tensors, manifest).forEach((values, i) => {
        scales[i] = Math.max(...values.map(Math.abs), scales[i] ?? 1e-3);
      });
    }
    const [a, b] = [eager.takeSums(), compiled.takeSums()];
    expect(b.steps.map(({ step }) => step)).toEqual(a.steps.map(({ step }) => step));
    a.steps.forEach(({ loss }, i) => expect(Math.abs((b.steps[i]?.loss ?? NaN) / loss - 1)).toBeLessThan(1e-4));
    const [stateA, stateB] = [await eager.readState(), await compiled.readState()];
    expect(stateB.manifest).toEqual(stateA.manifest);
    const [weightsA, weightsB] = [stateA, stateB].map((state) => fromBytes(state.tensors, state.manifest));
    weightsA?.forEach((values, i) => {
      const difference = Math.max(...values.map((value, j) => Math.abs(value - (weightsB?.[i]?.[j] ?? NaN))));
      expect(difference / (scales[i] ?? NaN)).toBeLessThan(1e-4);
    });
    const all = Int32Array.from({ length: rows }, (_, i) => i);
    const [evaluatedA, evaluatedB] = [eager.evaluate(all), compiled.evaluate(all)];
    expect(Math.abs(evaluatedB.loss / evaluatedA.loss - 1)).toBeLessThan(1e-4);
    expect(evaluatedB.metrics[0]).toBeCloseTo(evaluatedA.metrics[0] ?? NaN, 3);
    eager.dispose();
    compiled.dispose();
  });

  test('several steps in a call give the bits of one step in a call', async () => {
    const [grouped, single] = [compile(optionsOf(one), [batchSize]), compile(optionsOf(one), [batchSize])];
    const calls = countCalls();
    // The first steps are done one by one, to find out how long they take.
    const batches = batchesOf(40).filter((batch) => batch.length === batchSize);
    for (const [index, batch] of batches.entries()) grouped.train(batch, 0.01 / (1 + index));
    const { steps } = grouped.takeSums();
    const groupedCalls = calls.end();
    for (const [index, batch] of batches.entries()) {
      single.train(batch, 0.01 / (1 + index));
      expect(single.takeSums().steps[0]).toEqual(steps[index]);
    }
    expect(groupedCalls).toBeLessThan(batches.length - 14);
    const [a, b] = [await grouped.readState(), await single.readState()];
    expect(Buffer.compare(a.tensors, b.tensors)).toBe(0);
    expect(a.step).toBe(batches.length);
    grouped.dispose();
    single.dispose();
  });

  test('resumed from its state it goes on bit for bit', async () => {
    const whole = compile(optionsOf(one), [batchSize, 22]);
    const second = compile(optionsOf(one), [batchSize]);
    const batches = batchesOf(12);
    for (const batch of batches.slice(0, 7)) whole.train(batch);
    second.train(batches[3] ?? new Int32Array());
    second.writeState(await whole.readState());
    for (const batch of batches.slice(7)) [whole, second].forEach((step) => step.train(batch));
    const [resumed, uninterrupted] = [await second.readState(), await whole.readState()];
    expect(Buffer.compare(resumed.tensors, uninterrupted.tensors)).toBe(0);
    for (const step of [whole, second]) step.dispose();
  });
});

test('rows without a class, which no part holds, are no matter', () => {
  const plain = cases['plain gradient descent'];
  if (!plain) throw new Error('The case is gone');
  const withGaps = () => {
    const options = optionsOf(plain);
    const { targets } = options.data;
    for (const row of [0, 3, rows - 1]) targets[row] = -1;
    return options;
  };
  const [eager, compiled] = [new EagerStep(withGaps()), compile(withGaps(), [batchSize])];
  const known = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => ![0, 3, rows - 1].includes(row));
  for (const step of [eager, compiled]) step.train(known.subarray(0, batchSize), 0.01);
  expect(compiled.takeSums().steps[0]?.loss).toBeCloseTo(eager.takeSums().steps[0]?.loss ?? NaN, 5);
  // The last rows to evaluate fill no whole batch.
  const some = known.subarray(0, known.length - 1);
  expect(compiled.evaluate(some).loss).toBeCloseTo(eager.evaluate(some).loss, 3);
  eager.dispose();
  compiled.dispose();
});

test('a step filled and trained again and again harms nothing', async () => {
  // A variable that keeps the memory it is fed frees it from a thread of TensorFlow's, which ends the process within
  // some hundred turns while the collector is at work.
  const [one] = Object.entries(cases).find(([name]) => name.includes('convolution')) ?? [];
  const step = compile(optionsOf(cases[one ?? '']!), [batchSize]);
  const state = await step.readState();
  const [rowsOfStep] = batchesOf(1);
  let garbage: unknown[] = [];
  for (let turn = 0; turn < 1500; turn += 1) {
    step.writeState(state);
    step.train(rowsOfStep!);
    garbage.push(Array.from({ length: 2000 }, (_, i) => ({ i })));
    if (turn % 10 === 0) garbage = [step.takeSums()];
  }
  const { steps } = step.takeSums();
  expect(steps.every(({ loss }) => loss === steps[0]?.loss)).toBe(true);
  step.dispose();
}, 120_000);
