/** The slow ways: without the native library the same network trains on wasm, and with a convolution in plain JavaScript. */
import { beforeEach, expect, test, vi } from 'vitest';
import { losses, metrics, optimizers } from '../catalog';
import { generator } from '../catalog/random';
import type { NetworkSpec } from '../contract';

beforeEach(() => vi.resetModules());

const dense: NetworkSpec['layers'] = [
  { id: 'flatten-1', type: 'flatten', fields: {} },
  { id: 'dense-1', type: 'dense', fields: { units: 8 } },
  { id: 'dropout-1', type: 'dropout', fields: {} },
  { id: 'dense-2', type: 'dense', fields: { units: 2, activation: 'linear' } },
];
const convolution: NetworkSpec['layers'] = [
  { id: 'conv2d-1', type: 'conv2d', fields: { filters: 2 } },
  { id: 'max-pooling2d-1', type: 'max-pooling2d', fields: {} },
  ...dense,
];

const recurrent: NetworkSpec['layers'] = [
  { id: 'reshape-1', type: 'reshape', fields: {} },
  { id: 'gru-1', type: 'gru', fields: { units: 4, everyStep: true } },
  { id: 'lstm-1', type: 'lstm', fields: { units: 8 } },
  { id: 'dense-1', type: 'dense', fields: { units: 2, activation: 'linear' } },
];

test.each([
  ['wasm', dense],
  ['wasm', recurrent],
  ['cpu', convolution],
] as const)('%s trains, and says why it is used', async (expected, layers) => {
  const { loadTensorFlow } = await import('./tf');
  const { buildModel, hasConvolution } = await import('./build');
  const { EagerStep } = await import('./eager-step');
  const network: NetworkSpec = { layers: [...layers] };
  const { tf, backend, slowReason } = await loadTensorFlow({ native: false, convolution: hasConvolution(network) });
  expect(backend).toBe(expected);
  expect(slowReason).toContain('left out');

  const next = generator(1);
  const inputs = Uint8Array.from({ length: 64 * 36 }, (_, i) => (Math.floor(i / 36) % 2) * 100 + (next() % 100));
  const data = {
    inputShape: [6, 6, 1],
    inputs,
    scale: 1 / 255,
    targets: Int32Array.from({ length: 64 }, (_, row) => row % 2),
    targetScale: { mean: 0, standardDeviation: 1 },
  };
  const step = new EagerStep({
    tf,
    model: buildModel(tf, network, data.inputShape, 2, 1),
    data,
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale: data.targetScale,
    optimizer: { definition: optimizers.get('adam'), fields: {} },
    learningRate: 0.01,
  });
  const rows = Int32Array.from({ length: 64 }, (_, row) => row);
  const before = step.evaluate(rows).loss;
  for (let i = 0; i < 30; i++) step.train(rows);
  expect(step.takeSums().steps).toHaveLength(30);
  expect(step.evaluate(rows).loss).toBeLessThan(before / 2);
  step.dispose();
});
