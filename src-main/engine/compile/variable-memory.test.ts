/**
 * The project's own ops for optimizers write into variables' memory: nobody else's numbers may change with it, and the step
 * must give what TensorFlow's kernels give.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { losses, optimizers, parseFields } from '../../catalog';
import type { NetworkSpec } from '../../contract';
import { buildModel } from '../build';
import { createStep } from '../create-step';
import { loadNativeOps, updateThreads } from '../native-ops';
import { loadTensorFlow, type TensorFlow } from '../tf';
import { productOf, writeUpdate } from './fused-update';
import { GraphWriter } from './graph-writer';
import { noise, opened } from './graphs.test-data';
import { dataTypes } from './protobuf';
import { sharing, usersOfMemory } from './variable-memory';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const float = { T: { type: dataTypes.float32 } };

describe('the memory', () => {
  const side = 600;
  const type = { dtype: { type: dataTypes.float32 } };

  /** A weight of threes, and a product of ones by ones by ones that takes its time: each of its numbers is `side` squared. */
  function slowGraph(): { graph: GraphWriter; read: string; slow: string } {
    const graph = new GraphWriter();
    graph.variable('w', dataTypes.float32, [side, side]);
    const fed = graph.placeholder('fed', dataTypes.float32, [side, side]);
    const product = { ...float, transpose_a: { bool: false }, transpose_b: { bool: false } };
    const slow = graph.add('MatMul', 'slow_2', [graph.add('MatMul', 'slow_1', [fed, fed], product), fed], product);
    return { graph, read: graph.add('ReadVariableOp', 'read', ['w'], type), slow };
  }

  /** Fetches `later`, which is made from the weights, in five runs that each take 1 off every weight. */
  function fetchedOf(
    graph: GraphWriter,
    read: string,
  ): { fetched: Set<number>[]; left: Set<number>; given: Set<number> } {
    const sgd = optimizers.get('sgd');
    const update = sgd.fused!(parseFields(sgd.fields, { momentum: 0 }, 'sgd'));
    const place = { name: 'w', variable: 'w', read, size: side * side, slots: {}, gradient: 'fed', product: null };
    const after = graph.add('NoOp', 'used', usersOfMemory(graph, sharing(graph, read)));
    const scalars = graph.placeholder('rate', dataTypes.float32, [1]);
    const done = writeUpdate(graph, update, { ...place, scalars, after }, 2);
    graph.add('Identity', 'fetched', ['later', `^${done}`], float);
    const session = opened(tf, graph);
    const value = new Float32Array(side * side).fill(3);
    session.setVariables([{ name: 'w', dtype: dataTypes.float32, shape: [side, side], values: value }]);
    // All ones, and a rate of 1.
    const feeds = [
      { name: 'fed', dtype: dataTypes.float32, shape: [side, side], values: new Float32Array(side * side).fill(1) },
      { name: 'rate', dtype: dataTypes.float32, shape: [1], values: Float32Array.of(1) },
    ];
    const fetched = Array.from({ length: 5 }, () => new Set(session.run(feeds, 'fetched')));
    const left = new Set(session.readVariable('w'));
    session.dispose();
    return { fetched, left, given: new Set(value) };
  }

  test('is written to when all that look at it are done, also through views and through x · 1', () => {
    const { graph, read, slow } = slowGraph();
    const same = graph.add('Mul', 'same', [read, graph.scalar('unit', 1)], float);
    const view = graph.add('Identity', 'view', [same], float);
    graph.add('Add', 'later', [view, slow], float);
    const memory = sharing(graph, read);
    expect([...memory].sort()).toEqual(['read', 'same', 'view']);
    expect(usersOfMemory(graph, memory).sort()).toEqual(['^later', '^read', '^same', '^view']);
    const { fetched, left, given } = fetchedOf(graph, read);
    expect(fetched).toEqual([3, 2, 1, 0, -1].map((weight) => new Set([side * side + weight])));
    expect(left).toEqual(new Set([-2]));
    expect(given).toEqual(new Set([3]));
  });

  test.each([[['read', 'slow_2']], [['slow_2', 'read']]])(
    'is written to when a product is done that TensorFlow makes of 2 · (%s)',
    (factors) => {
      const { graph, read } = slowGraph();
      const inner = graph.add('Mul', 'inner', factors, float);
      graph.add('Mul', 'later', [graph.scalar('two', 2), inner], float);
      const { fetched } = fetchedOf(graph, read);
      expect(fetched).toEqual([3, 2, 1, 0, -1].map((weight) => new Set([2 * weight * side * side])));
    },
  );

  test('is no factor of a gradient, and a large or shared gradient is computed by TensorFlow', () => {
    const graph = new GraphWriter();
    const product = { ...float, transpose_a: { bool: true }, transpose_b: { bool: false } };
    const gradient = graph.add('MatMul', 'gradient', ['x', 'dy:1'], product);
    expect(productOf(graph, gradient, 32, new Set())).toEqual({ x: 'x', dy: 'dy:1' });
    const reshaped = graph.add('Reshape', 'reshaped', [gradient, 'shape'], float);
    expect(productOf(graph, reshaped, 32, new Set())).toEqual({ x: 'x', dy: 'dy:1' });
    expect(productOf(graph, reshaped, 32, new Set(['dy']))).toBeNull();
    expect(productOf(graph, reshaped, 512, new Set())).toBeNull();
    graph.add('Square', 'other', [gradient], float);
    expect(productOf(graph, reshaped, 32, new Set())).toBeNull();
    const plain = graph.add('MatMul', 'plain', ['x', 'dy'], { ...product, transpose_a: { bool: false } });
    expect(productOf(graph, plain, 32, new Set())).toBeNull();
  });
});

const inputShape = [20];
const rows = 64;
function stepOf(optimizer: string, seed = 1) {
  const layers: NetworkSpec['layers'] = [
    { id: 'first', type: 'dense', fields: { units: 150 } },
    { id: 'second', type: 'dense', fields: { units: 150 } },
    { id: 'last', type: 'dense', fields: { units: 3, activation: 'linear' } },
  ];
  const { step, eagerReason } = createStep(
    {
      tf,
      model: buildModel(tf, { layers }, inputShape, 3, seed),
      data: {
        inputShape,
        inputs: noise(rows * 20, 8),
        scale: 1,
        targets: Int32Array.from({ length: rows }, (_, row) => row % 3),
        targetScale: { mean: 0, standardDeviation: 1 },
      },
      loss: losses.get('cross-entropy'),
      metrics: [],
      targetScale: { mean: 0, standardDeviation: 1 },
      optimizer: { definition: optimizers.get(optimizer), fields: {} },
      learningRate: 0.01,
    },
    rows,
    32,
  );
  expect(eagerReason).toBeNull();
  return step;
}

function train(step: ReturnType<typeof stepOf>, steps: number): void {
  for (let i = 0; i < steps; i++) {
    step.train(Int32Array.from({ length: 32 }, (_, row) => (row * 7 + step.step * 32) % rows));
  }
}

const numbersOf = (bytes: Uint8Array) => new Float32Array(Uint8Array.from(bytes).buffer);

describe.each(['adam', 'adamw', 'nadam', 'sgd'])('a step with %s', (optimizer) => {
  test('gives what TensorFlow’s kernels give, within 1e-5 over 20 steps', async () => {
    const own = stepOf(optimizer);
    expect(updateThreads(tf)).toBeGreaterThan(0);
    tf.unregisterKernel('TandemRecurrent', 'tensorflow');
    expect(updateThreads(tf)).toBe(0);
    const theirs = stepOf(optimizer);
    expect(loadNativeOps(tf)).toBeNull();
    train(own, 20);
    train(theirs, 20);
    const [one, other] = [await own.readState(), await theirs.readState()];
    const [ours, expected] = [numbersOf(one.tensors), numbersOf(other.tensors)];
    expect(Math.max(...ours.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-5);
    own.dispose();
    theirs.dispose();
  });

  test('changes nothing that was read before, nor what it was restored from, nor another step', async () => {
    const [step, other] = [stepOf(optimizer), stepOf(optimizer, 2)];
    train(step, 10);
    const [state, weights] = [await step.readState(), await step.readWeights()];
    const elsewhere = await other.readState();
    const kept = [state.tensors.slice(), weights.weights.slice(), elsewhere.tensors.slice()];
    train(step, 10);
    const after = await step.readState();
    expect(Buffer.compare(after.tensors, state.tensors)).not.toBe(0);
    expect(
      [state.tensors, weights.weights, elsewhere.tensors].map((bytes, i) => Buffer.compare(bytes, kept[i]!)),
    ).toEqual([0, 0, 0]);
    expect(Buffer.compare((await other.readState()).tensors, kept[2]!)).toBe(0);
    // Two steps go on from one state, each for itself.
    step.writeState(state);
    other.writeState(state);
    train(step, 10);
    expect(Buffer.compare(state.tensors, kept[0]!)).toBe(0);
    expect(Buffer.compare((await other.readState()).tensors, kept[0]!)).toBe(0);
    expect(Buffer.compare((await step.readState()).tensors, after.tensors)).toBe(0);
    train(other, 10);
    expect(Buffer.compare((await other.readState()).tensors, after.tensors)).toBe(0);
    step.dispose();
    other.dispose();
  });
});
