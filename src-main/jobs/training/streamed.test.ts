/** Training on rows that are read from a file batch by batch gives the weights, bit for bit, of training on rows in memory. */
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { losses, metrics, optimizers } from '../../catalog';
import { generator } from '../../catalog/random';
import type { LayerSpec } from '../../contract';
import { RowFile } from '../../data/row-file';
import { farPlan, nearPlan, type ReadAheadPlan } from '../../data/row-ring';
import { augmentationOf } from '../../engine/augment';
import { buildModel } from '../../engine/build';
import { createStep } from '../../engine/create-step';
import { EagerStep } from '../../engine/eager-step';
import { shuffled } from '../../engine/random';
import type { Step } from '../../engine/step';
import { loadTensorFlow, type TensorFlow } from '../../engine/tf';
import { batches, type TrainingData } from '../../engine/training-data';

const rows = 3000;
const batchSize = 32;
const training = Int32Array.from({ length: 2350 }, (_, i) => i);
const validation = Int32Array.from({ length: 650 }, (_, i) => 2350 + i);

let tf: TensorFlow;
let folder: string;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
  folder = mkdtempSync(join(tmpdir(), 'tandem-streamed-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Case {
  readonly inputShape: readonly number[];
  readonly layers: LayerSpec[];
  readonly inputs: Uint8Array | Float32Array;
  readonly scale: number;
  /** Which row of the file each row of the data is. */
  readonly positions?: Int32Array;
}

const next = generator(5);
const layer = (type: string, fields: LayerSpec['fields'] = {}): LayerSpec => ({
  id: `${type}-${next()}`,
  type,
  fields,
});
const cases: Record<string, Case> = {
  'pictures in bytes': {
    inputShape: [7, 7, 1],
    layers: [
      layer('conv2d', { filters: 4 }),
      layer('batch-normalization'),
      layer('flatten'),
      layer('dropout', { rate: 0.3 }),
      layer('dense', { units: 3, activation: 'linear' }),
    ],
    inputs: Uint8Array.from({ length: rows * 49 }, () => next() >>> 24),
    scale: 1 / 255,
  },
  'pictures in another order than the rows': {
    inputShape: [4, 4, 1],
    layers: [layer('flatten'), layer('dense', { units: 3, activation: 'linear' })],
    inputs: Uint8Array.from({ length: rows * 16 }, () => next() >>> 24),
    scale: 1 / 255,
    positions: shuffled(
      Int32Array.from({ length: rows }, (_, i) => i),
      4,
      1,
    ),
  },
  'a table': {
    inputShape: [5],
    layers: [layer('dense', { units: 8 }), layer('dense', { units: 3, activation: 'linear' })],
    inputs: Float32Array.from({ length: rows * 5 }, () => next() / 2 ** 31 - 1),
    scale: 1,
  },
};

function dataOf(one: Case, inputs: TrainingData['inputs']): TrainingData {
  const targets = Int32Array.from({ length: rows }, (_, row) => (row * 7919) % 3);
  const targetScale = { mean: 0, standardDeviation: 1 };
  const weights = Float32Array.from({ length: rows }, (_, row) => (row % 5) / 2);
  return { inputShape: one.inputShape, inputs, scale: one.scale, targets, targetScale, weights };
}

function fileOf(one: Case, resident: boolean, plan: ReadAheadPlan): RowFile {
  const { inputs, positions } = one;
  const path = join(folder, `${next()}`);
  const bytes = new Uint8Array(inputs.buffer, inputs.byteOffset, inputs.byteLength);
  const rowBytes = bytes.length / rows;
  const stored = new Uint8Array(bytes.length);
  for (let row = 0; row < rows; row++) {
    stored.set(bytes.subarray(row * rowBytes, (row + 1) * rowBytes), (positions?.[row] ?? row) * rowBytes);
  }
  writeFileSync(path, Buffer.concat([Buffer.from('a header'), stored]));
  const type = inputs instanceof Uint8Array ? 'uint8' : 'float32';
  return new RowFile({
    fd: openSync(path, 'r'),
    offset: 8,
    rowBytes,
    rows,
    type,
    resident,
    positions,
    plan,
    dataset: 'd',
  });
}

function makeStep(one: Case, data: TrainingData, kind: 'compiled' | 'eager'): Step {
  const pictures = one.inputShape.length === 3;
  const options = {
    tf,
    model: buildModel(tf, { layers: one.layers }, one.inputShape, 3, 1),
    data,
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale: data.targetScale,
    optimizer: { definition: optimizers.get('adam'), fields: {} },
    learningRate: 0.01,
    augmentation: augmentationOf({ augmentation: pictures ? [{ type: 'rotate', fields: {} }] : [], seed: 2 }),
  };
  if (kind === 'eager') return new EagerStep(options);
  const { step, eagerReason } = createStep(options, training.length, batchSize);
  expect(eagerReason).toBeNull();
  return step;
}

/** Two epochs, each ended by a smaller batch and an evaluation. */
async function train(step: Step) {
  const told: unknown[] = [];
  for (const epoch of [1, 2]) {
    const order = shuffled(training, 9, epoch);
    step.expect(order, batchSize);
    for (const batch of batches(order, batchSize)) step.train(batch);
    told.push(step.takeSums(), step.evaluate(validation));
  }
  const state = await step.readState();
  step.dispose();
  return { told, state };
}

describe.each(Object.entries(cases))('%s', (_name, one) => {
  test.each(['compiled', 'eager'] as const)(
    '%s',
    async (kind) => {
      const expected = await train(makeStep(one, dataOf(one, one.inputs), kind));
      const sources = [
        fileOf(one, true, nearPlan),
        fileOf(one, false, nearPlan),
        fileOf(one, false, farPlan),
        fileOf(one, false, { threads: 3, window: 4, ringBytes: 0 }),
      ];
      for (const file of sources) {
        const found = await train(makeStep(one, dataOf(one, file), kind));
        await file.close();
        expect(found.told).toEqual(expected.told);
        expect(Buffer.compare(found.state.tensors, expected.state.tensors)).toBe(0);
      }
    },
    120_000,
  );
});

test('rows in another order than told are read all the same, and a new order replaces the old', async () => {
  const one = cases['a table']!;
  const file = fileOf(one, false, nearPlan);
  const expected = (batch: Int32Array) => [...batch].flatMap((row) => [...one.inputs.subarray(row * 5, row * 5 + 5)]);
  const order = shuffled(training, 1, 1);
  file.expect(order, batchSize);
  const [first, second] = [...batches(order, batchSize)];
  expect([...file.take(second!)]).toEqual(expected(second!));
  expect([...file.take(first!)]).toEqual(expected(first!));
  const other = shuffled(training, 1, 2);
  file.expect(other, batchSize);
  for (const batch of batches(other, batchSize)) expect([...file.take(batch)]).toEqual(expected(batch));
  file.expect(other, 100);
  for (const batch of batches(other, 100)) expect([...file.take(batch)]).toEqual(expected(batch));
  await file.close();
});
