/** Bytes normalized in the graph against the same pictures normalized beforehand: the same losses, trained, measured, predicted. */
import { beforeAll, expect, test } from 'vitest';
import { losses, metrics, optimizers, tasks } from '../catalog';
import type { LayerSpec } from '../contract';
import { augmentationOf } from './augment';
import { buildModel } from './build';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { predictRows } from './evaluate';
import { loadTensorFlow, type TensorFlow } from './tf';
import type { InputData } from './training-data';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const count = 8;
const rows = Int32Array.from({ length: count }, (_, row) => row);
const inputShape = [3, 3, 2];
const size = 18;
const pixels = Uint8Array.from({ length: count * size }, (_, at) => (at * 71 + 13) % 256);
const normalization = { mean: [0.4, 0.6], deviation: [0.2, 0.5] };
const byChannel = (at: number) => [normalization.mean[at % 2]!, normalization.deviation[at % 2]!] as const;
const beforehand = Float32Array.from(pixels, (pixel, at) => (pixel / 255 - byChannel(at)[0]) / byChannel(at)[1]);

const inGraph: InputData = { inputShape, inputs: pixels, scale: 1 / 255, normalization };
const plain: InputData = { inputShape, inputs: beforehand, scale: 1 };
const layers: LayerSpec[] = [
  { id: 'f', type: 'flatten', fields: {} },
  { id: 'a', type: 'dense', fields: { units: 6, activation: 'tanh' } },
  { id: 'b', type: 'dense', fields: { units: 3, activation: 'linear' } },
];

function options(data: InputData, given: Partial<StepOptions> = {}): StepOptions {
  const targetScale = { mean: 0, standardDeviation: 1 };
  return {
    tf,
    model: buildModel(tf, { layers }, inputShape, 3, 1),
    data: { ...data, targets: rows.map((row) => row % 3), targetScale },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale,
    optimizer: { definition: optimizers.get('sgd'), fields: { momentum: 0 } },
    learningRate: 0.1,
    ...given,
  };
}

const makers = {
  eager: (given: StepOptions) => new EagerStep(given),
  compiled: (given: StepOptions) => new CompiledStep(given, tf.backend() as unknown as BindingHolder, [count]),
};
/** Losses of 5 steps, then the loss as it is measured. float32, so that the last bits may differ: 1e-5. */
function run(make: (given: StepOptions) => EagerStep | CompiledStep, given: StepOptions): number[] {
  const step = make(given);
  for (let i = 0; i < 5; i++) step.train(rows);
  const found = [...step.takeSums().steps.map(({ loss }) => loss), step.evaluate(rows).loss];
  step.dispose();
  return found;
}

test.each(Object.entries(makers))('the %s step', (_name, make) => {
  const expected = run(make, options(plain));
  const found = run(make, options(inGraph));
  expect(found).toHaveLength(6);
  for (const [at, loss] of expected.entries()) expect(found[at]).toBeCloseTo(loss, 5);
  // The test can fail: without it the losses are others.
  expect(run(make, options({ ...inGraph, normalization: null }))[0]).not.toBeCloseTo(expected[0]!, 3);
});

test('augmentation sees pictures from 0 to 1, whatever the network is given', () => {
  const settings = { augmentation: [{ type: 'brightness', fields: {} }], seed: 3 };
  const augmentation = augmentationOf(settings);
  const same = { mean: [0, 0], deviation: [1, 1] };
  const [one, other] = [null, same].map((own) =>
    run(makers.compiled, options({ ...inGraph, normalization: own }, { augmentation })),
  );
  for (const [at, loss] of one!.entries()) expect(other![at]).toBeCloseTo(loss, 5);
  // Cut off at 0 and 1 after normalization, the pictures would lose most of what they show.
  const normalized = run(makers.compiled, options(inGraph, { augmentation }));
  expect(normalized[0]).not.toBeCloseTo(one![0]!, 3);
});

test('predictions', () => {
  const finished = {
    tf,
    model: buildModel(tf, { layers }, inputShape, 3, 1),
    task: tasks.get('image-classification'),
    targetScale: { mean: 0, standardDeviation: 1 },
  };
  const expected = predictRows(finished, plain, rows);
  const found = predictRows(finished, inGraph, rows);
  expect(found).toHaveLength(24);
  for (const [at, value] of expected.entries()) expect(found[at]).toBeCloseTo(value, 6);
});
