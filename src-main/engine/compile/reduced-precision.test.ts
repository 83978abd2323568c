/** bfloat16 keeps to the float32 step within its own precision, and really computes in less. */
import { expect, test } from 'vitest';
import { losses, metrics, optimizers } from '../../catalog';
import type { LayerSpec, Precision } from '../../contract';
import { buildModel } from '../build';
import type { StepOptions } from '../eager-step';
import { loadTensorFlow } from '../tf';
import { CompiledStep } from './compiled-step';
import { dataTypes } from './protobuf';
import type { BindingHolder } from './recorder';
import { inReducedPrecision } from './reduced-precision';

const rows = 64;
const layers: LayerSpec[] = [
  { id: 'c', type: 'conv2d', fields: { filters: 8 } },
  { id: 'p', type: 'max-pooling2d', fields: {} },
  { id: 'c2', type: 'conv2d', fields: { filters: 8 } },
  { id: 'f', type: 'flatten', fields: {} },
  { id: 'd', type: 'dense', fields: { units: 16 } },
  { id: 'o', type: 'dense', fields: { units: 3, activation: 'linear' } },
];

async function lossesOf(precision: Precision): Promise<number[]> {
  const { tf } = await loadTensorFlow();
  const pixels = Uint8Array.from({ length: rows * 144 }, (_, i) => (i * 7919 + (i >> 4) * 104729) % 256);
  const targetScale = { mean: 0, standardDeviation: 1 };
  const options: StepOptions = {
    tf,
    model: buildModel(tf, { layers }, [12, 12, 1], 3, 1),
    data: {
      inputShape: [12, 12, 1],
      inputs: pixels,
      scale: 1 / 255,
      targets: Int32Array.from({ length: rows }, (_, row) => (pixels[row * 144] ?? 0) % 3),
      targetScale,
    },
    targetScale,
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    optimizer: { definition: optimizers.get('adam'), fields: {} },
    learningRate: 0.003,
    precision,
  };
  const step = new CompiledStep(options, tf.backend() as unknown as BindingHolder, [32]);
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  for (let i = 0; i < 20; i++) step.train(order.subarray((i % 2) * 32, (i % 2) * 32 + 32));
  const { steps } = step.takeSums();
  step.dispose();
  return steps.map(({ loss }) => loss);
}

test('20 steps in bfloat16 lose as much as in float32, within 2 %', async () => {
  const [full, reduced, again] = [await lossesOf('float32'), await lossesOf('bfloat16'), await lossesOf('bfloat16')];
  expect(reduced).not.toEqual(full);
  expect(again).toEqual(reduced);
  for (const [index, loss] of full.entries()) {
    expect(Math.abs((reduced[index] ?? NaN) - loss) / loss).toBeLessThan(0.02);
  }
});

test('a tensor that several products take is rounded once', () => {
  const product = (inputs: number[], output: number) => ({
    name: 'MatMul',
    attributes: { T: { type: dataTypes.float32 } },
    inputs,
    outputs: [{ id: output, shape: [2, 2], dtype: dataTypes.float32 }],
  });
  const { ops } = inReducedPrecision({ ops: [product([1, 2], 3), product([1, 3], 4)], constants: new Map() });
  expect(ops.map(({ name }) => name)).toEqual(['Cast', 'Cast', 'MatMul', 'Cast', 'Cast', 'MatMul', 'Cast']);
  expect(ops.at(-1)?.outputs[0]?.id).toBe(4);
});
