/** Clipping against values worked out by hand, and in the eager and the compiled step alike. */
import { beforeAll, expect, test } from 'vitest';
import { losses, optimizers } from '../catalog';
import type { Clipping } from '../contract';
import { buildModel } from './build';
import { clipped } from './clip';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const values = (clipping: Clipping) => {
  const gradients = { a: tf.tensor([3, 0]), b: tf.tensor([[-4]]) };
  return Object.values(clipped(tf, gradients, clipping)).map((one) => Array.from(one.dataSync()));
};

test('by norm all gradients together are scaled: (3, 0) and −4 have length 5', () => {
  const [a, b] = values({ kind: 'norm', limit: 1 });
  expect(a?.[0]).toBeCloseTo(0.6, 6);
  expect(b?.[0]).toBeCloseTo(-0.8, 6);
  expect(values({ kind: 'norm', limit: 5 })).toEqual([[3, 0], [-4]]);
});

test('by value each number is cut; off, nothing is', () => {
  expect(values({ kind: 'value', limit: 3.5 })).toEqual([[3, 0], [-3.5]]);
  expect(values({ kind: 'none', limit: 0.1 })).toEqual([[3, 0], [-4]]);
});

/** ŷ = w·x + b from zero, one row x = 3, y = −2: error 2, ∂L/∂w = 2·2·3 = 12, ∂L/∂b = 4, norm √160. */
function options(clipping: Clipping): StepOptions {
  const layers = [{ id: 'a', type: 'dense', fields: { units: 1, activation: 'linear', initializer: 'zeros' } }];
  return {
    tf,
    model: buildModel(tf, { layers }, [1], 1, 1),
    data: {
      inputShape: [1],
      inputs: Float32Array.of(3),
      scale: 1,
      targets: Float32Array.of(-2),
      targetScale: { mean: 0, standardDeviation: 1 },
    },
    loss: losses.get('mean-squared-error'),
    metrics: [],
    targetScale: { mean: 0, standardDeviation: 1 },
    optimizer: { definition: optimizers.get('sgd'), fields: { momentum: 0 } },
    learningRate: 1,
    clipping,
  };
}

const steps = {
  eager: (given: StepOptions) => new EagerStep(given),
  compiled: (given: StepOptions) => new CompiledStep(given, given.tf.backend() as unknown as BindingHolder, [1]),
};
const cases = [
  { kind: 'none', limit: 1, w: -12, b: -4 },
  { kind: 'norm', limit: 1, w: -12 / Math.sqrt(160), b: -4 / Math.sqrt(160) },
  { kind: 'value', limit: 5, w: -5, b: -4 },
] as const;

test.each(cases)('one $kind step moves as far as worked out, eager and compiled', async ({ kind, limit, w, b }) => {
  for (const make of Object.values(steps)) {
    const step = make(options({ kind, limit }));
    step.train(Int32Array.of(0));
    const { weights } = await step.readWeights();
    const [kernel, bias] = new Float32Array(new Uint8Array(weights).buffer);
    expect(kernel).toBeCloseTo(w, 5);
    expect(bias).toBeCloseTo(b, 5);
    step.dispose();
  }
});
