/**
 * Compiled equals eager for every augmentation: 20 steps on pictures of one pixel and of more, grey and coloured, on
 * spectrograms, on tables or on codes of texts, where it fits, give the same losses, metrics and weights within 1e-4. Those
 * that change answers are also trained with every loss, with weights of rows and of classes. What is added to the catalog is
 * covered without a change here.
 */
import { beforeAll, expect, test } from 'vitest';
import { augmentationFits, augmentations, losses, metrics, optimizers, type LossDefinition } from '../../catalog';
import { generator } from '../../catalog/random';
import type { LayerSpec, Shape } from '../../contract';
import { augmentationOf } from '../augment';
import { buildModel } from '../build';
import { EagerStep, type StepOptions } from '../eager-step';
import { loadTensorFlow, type TensorFlow } from '../tf';
import { fromBytes } from '../weights';
import { CompiledStep } from './compiled-step';
import type { BindingHolder } from './recorder';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
}, 60_000);

const rows = 24;
const batchSize = 8;
/** An epoch's last batch may be one row, which has no other to be mixed with. */
const lastBatch = 1;
const classes = 3;
const pictures: readonly Shape[] = [
  [1, 1, 1],
  [1, 1, 3],
  [9, 6, 1],
  [6, 9, 3],
];
/** Log-mel values: frames, bands. */
const sounds: readonly Shape[] = [
  [1, 1, 1],
  [9, 6, 1],
];
const tables: readonly Shape[] = [[5]];
/** Codes in their order; any number above 0 is one that may be hidden. */
const texts: readonly Shape[] = [[7]];

interface Case {
  readonly type: string;
  readonly inputShape: Shape;
  readonly loss: LossDefinition;
  readonly weighted: boolean;
}

const crossEntropy = losses.get('cross-entropy');
const cases = augmentations.all.flatMap((definition): Case[] => {
  const shapes = [
    ...(augmentationFits(definition, 'picture') ? pictures : []),
    ...(definition.kind === 'spectrograms' ? sounds : []),
    ...(augmentationFits(definition, 'table') ? tables : []),
    ...(augmentationFits(definition, 'text') ? texts : []),
  ];
  const { id: type } = definition;
  const plain = shapes.map((inputShape) => ({ type, inputShape, loss: crossEntropy, weighted: false }));
  if (definition.kind !== 'examples') return plain;
  return [...plain, ...losses.all.map((loss) => ({ type, inputShape: [5], loss, weighted: true }))];
});

function optionsOf({ type, inputShape, loss, weighted }: Case): StepOptions {
  const next = generator(11);
  const draw = () => next() / 2 ** 32;
  const size = inputShape.reduce((product, side) => product * side, 1);
  const isReconstructed = loss.target === 'reconstruction';
  const outputs = isReconstructed ? size : loss.target === 'classes' ? classes : 1;
  // What is given back has values from 0 to 1, as a sigmoid does.
  const activation = isReconstructed ? 'sigmoid' : 'linear';
  const layers: LayerSpec[] = [
    ...(inputShape.length > 1 ? [{ id: 'flatten', type: 'flatten', fields: {} }] : []),
    { id: 'dense', type: 'dense', fields: { units: outputs, activation } },
  ];
  const targetScale = { mean: 2, standardDeviation: 3 };
  return {
    tf,
    model: buildModel(tf, { layers }, inputShape, outputs, 1),
    data: {
      inputShape,
      inputs: Float32Array.from({ length: rows * size }, draw),
      scale: 1,
      targets:
        loss.target === 'classes'
          ? Int32Array.from({ length: rows }, () => draw() * classes)
          : Float32Array.from({ length: rows }, () => draw() * 2 - 1),
      targetScale,
      isReconstructed,
      ...(weighted ? { weights: Float32Array.from({ length: rows }, () => 2 * draw()) } : {}),
    },
    loss,
    metrics: metrics.all.filter((metric) => metric.target === loss.target),
    targetScale,
    optimizer: { definition: optimizers.get('sgd'), fields: {} },
    learningRate: 0.05,
    ...(weighted && loss.target === 'classes' ? { classWeights: [0.5, 1, 1.5] } : {}),
    augmentation: augmentationOf({ augmentation: [{ type, fields: {} }], seed: 5 }),
  };
}

const nameOf = ({ type, inputShape, loss, weighted }: Case) =>
  `${type} on ${inputShape.join('×')}, ${loss.id}${weighted ? ', weighted' : ''}`;

test.each(['eager', 'compiled'] as const)(
  'rows are measured as they are, whatever training makes of them (%s)',
  (kind) => {
    const one: Case = { type: 'flip', inputShape: [6, 9, 3], loss: crossEntropy, weighted: false };
    const types = augmentations.all.filter((definition) => augmentationFits(definition, 'picture')).map(({ id }) => id);
    const augmentation = augmentationOf({ augmentation: types.map((type) => ({ type, fields: {} })), seed: 5 });
    const [found, plain] = [augmentation, undefined].map((chosen) => {
      const options = { ...optionsOf(one), augmentation: chosen };
      const step =
        kind === 'eager'
          ? new EagerStep(options)
          : new CompiledStep(options, tf.backend() as unknown as BindingHolder, [batchSize]);
      const measured = step.evaluate(Int32Array.from({ length: rows }, (_, row) => row));
      step.dispose();
      return measured;
    });
    expect(found).toEqual(plain);
  },
);

test('every augmentation is trained', () => {
  expect(new Set(cases.map(({ type }) => type))).toEqual(new Set(augmentations.all.map(({ id }) => id)));
});

test.each(cases.map((one) => [nameOf(one), one] as const))('%s', async (_name, one) => {
  const eager = new EagerStep(optionsOf(one));
  const sizes = [batchSize, lastBatch];
  const compiled = new CompiledStep(optionsOf(one), tf.backend() as unknown as BindingHolder, sizes);
  for (let step = 0; step < 20; step++) {
    // Enough of one size in a row that steps are also done several in one call.
    const size = step === 3 || step === 19 ? lastBatch : batchSize;
    const batch = Int32Array.from({ length: size }, (_, i) => (step * batchSize + i) % rows);
    eager.train(batch);
    compiled.train(batch);
  }
  const [found, wanted] = [compiled.takeSums(), eager.takeSums()];
  for (const [i, { loss, metrics: sums }] of wanted.steps.entries()) {
    expect(Math.abs((found.steps[i]?.loss ?? NaN) / loss - 1), `loss of step ${i + 1}`).toBeLessThan(1e-4);
    for (const [m, sum] of sums.entries()) expect(found.steps[i]?.metrics[m]).toBeCloseTo(sum, 3);
  }
  const [state, reference] = [await compiled.readState(), await eager.readState()];
  const values = fromBytes(state.tensors, state.manifest);
  for (const [i, expected] of fromBytes(reference.tensors, reference.manifest).entries()) {
    const largest = Math.max(...expected.map(Math.abs), 1e-3);
    const apart = Math.max(...expected.map((value, j) => Math.abs(value - (values[i]?.[j] ?? NaN))));
    expect(apart / largest, state.manifest[i]?.name).toBeLessThan(1e-4);
  }
  eager.dispose();
  compiled.dispose();
});
