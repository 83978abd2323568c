/** Twenty runs in one process leave no tensor and no graph behind, however their steps are done and however they end. */
import { beforeAll, expect, test } from 'vitest';
import { losses, metrics, optimizers, startingSettings } from '../catalog';
import type { LayerSpec } from '../contract';
import { buildModel } from './build';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { fit } from './fit';
import { FitControl } from './fit-control';
import { loadTensorFlow, type TensorFlow } from './tf';

const rows = 40;
const batchSize = 16;
const layers: LayerSpec[] = [
  { id: 'f', type: 'flatten', fields: {} },
  { id: 'n', type: 'batch-normalization', fields: {} },
  { id: 'd', type: 'dropout', fields: { rate: 0.2 } },
  { id: 'o', type: 'dense', fields: { units: 3, activation: 'linear', l2: 0.001 } },
];

let tf: TensorFlow;
let graphs: () => number;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
  const { binding } = tf.backend() as unknown as { binding: { getNumOfSavedModels(): number } };
  graphs = () => binding.getNumOfSavedModels();
});

/** @param stopped in the middle of its second epoch, as by an error. */
async function run(kind: 'eager' | 'compiled', stopped: boolean): Promise<void> {
  const definition = optimizers.get('adam');
  const options: StepOptions = {
    tf,
    model: buildModel(tf, { layers }, [6, 6, 1], 3, 1),
    data: {
      inputShape: [6, 6, 1],
      inputs: Uint8Array.from({ length: rows * 36 }, (_, i) => (i * 7) % 256),
      scale: 1 / 255,
      targets: Int32Array.from({ length: rows }, (_, row) => row % 3),
      targetScale: { mean: 0, standardDeviation: 1 },
    },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale: { mean: 0, standardDeviation: 1 },
    optimizer: { definition, fields: {} },
    learningRate: 0.01,
  };
  const step =
    kind === 'eager'
      ? new EagerStep(options)
      : new CompiledStep(options, tf.backend() as unknown as BindingHolder, [16, 8]);
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  try {
    await fit({
      step,
      parts: { training: all, validation: all.subarray(0, 10), test: new Int32Array() },
      settings: { ...startingSettings('cross-entropy', { epochs: 3, batchSize }) },
      metrics: options.metrics,
      control: new FitControl(),
      async onEpoch({ epoch }) {
        const state = await step.readState();
        step.writeState(state);
        await step.readWeights();
        if (stopped && epoch.epoch === 2) throw new Error('the disk is full');
      },
    });
  } catch (error) {
    expect(error).toMatchObject({ message: 'the disk is full' });
  } finally {
    step.dispose();
  }
}

test.each(['eager', 'compiled'] as const)('%s', { timeout: 120_000 }, async (kind) => {
  await run(kind, false);
  const before = { ...tf.memory(), graphs: graphs() };
  for (let round = 0; round < 20; round += 1) await run(kind, round % 4 === 3);
  const after = tf.memory();
  expect(after.numTensors - before.numTensors).toBe(0);
  expect(after.numDataBuffers - before.numDataBuffers).toBe(0);
  expect(after.numBytes - before.numBytes).toBe(0);
  expect(graphs() - before.graphs).toBe(0);
});
