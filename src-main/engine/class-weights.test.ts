/** Class weights and the loss that they give, against values worked out by hand, in the eager and the compiled step. */
import { beforeAll, expect, test } from 'vitest';
import { losses, metrics, optimizers } from '../catalog';
import { buildModel } from './build';
import { balancedWeights } from './class-weights';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { loadTensorFlow, type TensorFlow } from './tf';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const targets = Int32Array.of(0, 0, 0, 2, 1, 1);
const rows = Int32Array.of(0, 1, 2, 3);

test('a class counts by how rare it is among the training rows, on average 1', () => {
  // Four rows, two classes present: 4 / (2 · 3) and 4 / (2 · 1); class 1 has no training row.
  expect(balancedWeights(targets, rows, 3)).toEqual([2 / 3, 0, 2]);
});

/** Logits are the bias alone, (0, 0, 0) at first: each example's loss is log 3, its gradient ⅓ − [its class]. */
function options(classWeights: readonly number[] | undefined): StepOptions {
  const layers = [{ id: 'a', type: 'dense', fields: { units: 3, activation: 'linear', initializer: 'zeros' } }];
  return {
    tf,
    model: buildModel(tf, { layers }, [1], 3, 1),
    data: {
      inputShape: [1],
      inputs: new Float32Array(6),
      scale: 1,
      targets,
      targetScale: { mean: 0, standardDeviation: 1 },
    },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale: { mean: 0, standardDeviation: 1 },
    optimizer: { definition: optimizers.get('sgd'), fields: { momentum: 0 } },
    learningRate: 1,
    classWeights,
  };
}

const makers = {
  eager: (given: StepOptions) => new EagerStep(given),
  compiled: (given: StepOptions) => new CompiledStep(given, given.tf.backend() as unknown as BindingHolder, [4]),
};

test.each(Object.entries(makers))('the %s step trains by them, and evaluates without', async (_name, make) => {
  const expected = [
    // Without: the mean of ⅓ − [class] over rows of classes 0, 0, 0, 2 is (⅓ − ¾, ⅓, ⅓ − ¼).
    { weights: undefined, bias: [5 / 12, -1 / 3, -1 / 12], loss: Math.log(3) },
    // Balanced: classes 0 and 2 pull alike, (½ − ⅓, −⅓, ½ − ⅓).
    { weights: balancedWeights(targets, rows, 3), bias: [1 / 6, -1 / 3, 1 / 6], loss: Math.log(3) },
    { weights: [1, 1, 5], bias: undefined, loss: 2 * Math.log(3) },
  ];
  for (const { weights, bias, loss } of expected) {
    const step = make(options(weights));
    expect(step.evaluate(rows).loss).toBeCloseTo(4 * Math.log(3), 5);
    step.train(rows);
    expect(step.takeSums().loss).toBeCloseTo(4 * loss, 5);
    const state = await step.readWeights();
    const values = [...new Float32Array(new Uint8Array(state.weights).buffer)].slice(3);
    bias?.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 6));
    step.dispose();
  }
});
