/** Graphs that steps leave to others: the same numbers bit by bit, and no more of them than may be kept. */
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { losses, metrics, optimizers } from '../../catalog';
import type { FieldValues, LayerSpec } from '../../contract';
import { buildModel } from '../build';
import type { StepOptions } from '../eager-step';
import { loadTensorFlow, type TensorFlow } from '../tf';
import { CompiledStep } from './compiled-step';
import { KeptGraphs } from './kept-graphs';
import type { BindingHolder, NativeBinding } from './recorder';

let tf: TensorFlow;
let holder: BindingHolder;
let native: NativeBinding;
const graphs = { loaded: 0, open: 0 };

beforeAll(async () => {
  tf = (await loadTensorFlow()).tf;
  holder = tf.backend() as unknown as BindingHolder;
});
beforeEach(() => {
  native = holder.binding;
  const counted: Partial<NativeBinding> = {
    loadSavedModel(...call) {
      graphs.loaded += 1;
      graphs.open += 1;
      return native.loadSavedModel(...call);
    },
    deleteSavedModel(id) {
      graphs.open -= 1;
      native.deleteSavedModel(id);
    },
  };
  holder.binding = new Proxy(counted as NativeBinding, {
    get: (own, key) => Reflect.get(own, key) ?? Reflect.get(native, key),
  });
  Object.assign(graphs, { loaded: 0, open: 0 });
});
afterEach(() => {
  holder.binding = native;
});

const rows = 40;

interface Asked {
  readonly optimizer: 'adam' | 'adamw';
  readonly fields: FieldValues;
  readonly learningRate: number;
  readonly seed: number;
}

function optionsOf({ optimizer, fields, learningRate, seed }: Asked): StepOptions {
  const layers: LayerSpec[] = [
    { id: 'a', type: 'dense', fields: { units: 6, activation: 'tanh' } },
    { id: 'n', type: 'batch-normalization', fields: {} },
    { id: 'b', type: 'dense', fields: { units: 3, activation: 'linear' } },
  ];
  return {
    tf,
    model: buildModel(tf, { layers }, [4], 3, seed),
    data: {
      inputShape: [4],
      inputs: Float32Array.from({ length: rows * 4 }, (_, i) => Math.sin(i)),
      scale: 1,
      targets: Int32Array.from({ length: rows }, (_, row) => row % 3),
      targetScale: { mean: 0, standardDeviation: 1 },
    },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale: { mean: 0, standardDeviation: 1 },
    optimizer: { definition: optimizers.get(optimizer), fields },
    learningRate,
  };
}

/** Trains two epochs of 16, 16 and 8 rows. @returns all that it measured and came to */
async function train(asked: Asked, kept: KeptGraphs | null) {
  const reuse = kept ? { kept, key: 'the same network and data' } : undefined;
  const step = new CompiledStep(optionsOf(asked), holder, [16, 8], { stepsPerCall: 1, reuse });
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  for (let epoch = 0; epoch < 2; epoch += 1) {
    for (const from of [0, 16, 32]) step.train(order.subarray(from, from + 16));
  }
  const { steps } = step.takeSums();
  const found = { steps, judged: step.evaluate(order), state: await step.readState() };
  step.dispose();
  return found;
}

const first: Asked = { optimizer: 'adamw', fields: { weightDecay: 0.1 }, learningRate: 0.03, seed: 1 };
const second: Asked = { optimizer: 'adamw', fields: { weightDecay: 0.4, beta1: 0.8 }, learningRate: 0.01, seed: 2 };
const without: Asked = { optimizer: 'adam', fields: {}, learningRate: 0.01, seed: 2 };

test('a step in another one’s graph gives what it gives in its own, whatever the one before left', async () => {
  const kept = new KeptGraphs({ graphs: 2, bytes: 2 ** 20 });
  const alone = { first: await train(first, null), second: await train(second, null) };
  expect(graphs).toEqual({ loaded: 2, open: 0 });
  const before = tf.memory().numTensors;
  expect(await train(first, kept)).toEqual(alone.first);
  expect(await train(second, kept)).toEqual(alone.second);
  expect(await train(first, kept)).toEqual(alone.first);
  expect(graphs).toEqual({ loaded: 3, open: 1 });
  expect(tf.memory().numTensors).toBe(before);
  kept.dispose();
  expect(graphs.open).toBe(0);
});

test('another kind of update is another graph', async () => {
  const kept = new KeptGraphs({ graphs: 2, bytes: 2 ** 20 });
  const alone = await train(without, null);
  await train(second, kept);
  expect(await train(without, kept)).toEqual(alone);
  expect(graphs).toEqual({ loaded: 3, open: 2 });
  kept.dispose();
});

test('no more graphs and bytes stay than may; the last used do', async () => {
  const few = new KeptGraphs({ graphs: 1, bytes: 2 ** 20 });
  await train(first, few);
  await train(without, few);
  expect(graphs).toEqual({ loaded: 2, open: 1 });
  await train(without, few);
  expect(graphs.loaded).toBe(2);
  few.dispose();
  const small = new KeptGraphs({ graphs: 4, bytes: 100 });
  await train(first, small);
  expect(graphs.open).toBe(0);
});
