/** Weights of rows in the training loss, against values worked out by hand and central differences, eager and compiled. */
import { beforeAll, describe, expect, test } from 'vitest';
import { losses, metrics, optimizers } from '../catalog';
import { generator } from '../catalog/random';
import type { LayerSpec } from '../contract';
import { buildModel } from './build';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { loadTensorFlow, type TensorFlow } from './tf';
import { fromBytes, toBytes } from './weights';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const count = 4;
const rows = Int32Array.of(0, 1, 2, 3);
const targets = Int32Array.of(0, 0, 0, 2);
const weights = Float32Array.of(0.5, 0, 1.5, 2);
const targetScale = { mean: 0, standardDeviation: 1 };

function options(layers: LayerSpec[], inputs: Float32Array, given: Partial<StepOptions> = {}): StepOptions {
  const inputShape = [inputs.length / count];
  return {
    tf,
    model: buildModel(tf, { layers }, inputShape, 3, 1),
    data: { inputShape, inputs, scale: 1, targets, targetScale, weights },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale,
    optimizer: { definition: optimizers.get('sgd'), fields: { momentum: 0 } },
    learningRate: 1,
    ...given,
  };
}

const makers = {
  eager: (given: StepOptions) => new EagerStep(given),
  compiled: (given: StepOptions) => new CompiledStep(given, tf.backend() as unknown as BindingHolder, [count]),
};

describe.each(Object.entries(makers))('the %s step', (_name, make) => {
  const zeros: LayerSpec = {
    id: 'a',
    type: 'dense',
    fields: { units: 3, activation: 'linear', initializer: 'zeros' },
  };

  test.each([
    // Logits are (0, 0, 0): each loss is log 3, its gradient ⅓ − [class], each times its weight over four rows.
    // Class 0 weighs 2 of 4, class 2 too: (½ − ⅓, −⅓, ½ − ⅓) is where the bias goes.
    ['alone', undefined, [1 / 6, -1 / 3, 1 / 6], Math.log(3)],
    // By 3 for class 2: weights 0.5, 0, 1.5, 6, together 8: (2 − 8/3, −8/3, 6 − 8/3) over 4.
    ['times those of classes', [1, 1, 3], [-1 / 6, -2 / 3, 5 / 6], 2 * Math.log(3)],
  ])('trains by weights of rows %s, and evaluates without', async (_case, classWeights, bias, loss) => {
    const step = make(options([zeros], new Float32Array(count), { classWeights }));
    expect(step.evaluate(rows).loss).toBeCloseTo(4 * Math.log(3), 5);
    step.train(rows);
    expect(step.takeSums().loss).toBeCloseTo(4 * loss, 5);
    const state = await step.readWeights();
    const values = [...new Float32Array(new Uint8Array(state.weights).buffer)].slice(3);
    bias.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 6));
    step.dispose();
  });

  test('has the gradient of the weighted loss (within 1 % of the largest, float32)', async () => {
    const next = generator(2);
    const inputs = Float32Array.from({ length: 5 * count }, () => next() / 2 ** 31 - 1);
    const layers: LayerSpec[] = [
      { id: 'a', type: 'dense', fields: { units: 4, activation: 'tanh' } },
      { id: 'b', type: 'dense', fields: { units: 3, activation: 'linear' } },
    ];
    const step = make(options(layers, inputs));
    const start = await step.readState();
    const before = fromBytes(start.tensors, start.manifest).map((values) => values.slice());
    step.train(rows);
    const trained = await step.readState();
    const after = fromBytes(trained.tensors, trained.manifest);
    // A plain step of learning rate 1 moves each weight by its gradient.
    const gradients = before.map((values, i) => values.map((value, j) => value - after[i]![j]!));
    const lossAt = async (tensor: number, index: number, shift: number) => {
      const moved = before.map((values, i) =>
        values.map((value, j) => value + (i === tensor && j === index ? shift : 0)),
      );
      const tensors = moved.map((values, i) => ({
        name: '',
        tensor: tf.tensor(values, [...start.manifest[i]!.shape]),
      }));
      step.writeState({ ...start, tensors: await toBytes(tensors) });
      step.takeSums();
      step.train(rows, 0);
      return step.takeSums().loss / count;
    };
    const largest = Math.max(...gradients.flatMap((values) => [...values.map(Math.abs)]));
    for (const [tensor, values] of gradients.entries()) {
      for (let index = 0; index < values.length; index += 3) {
        const slope = ((await lossAt(tensor, index, 1e-2)) - (await lossAt(tensor, index, -1e-2))) / 2e-2;
        expect(Math.abs(slope - values[index]!) / largest).toBeLessThan(0.01);
      }
    }
    step.dispose();
  });
});
