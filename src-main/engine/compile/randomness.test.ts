/** Random numbers in the graph: the same seed gives the same weights bit for bit, two seeds do not, and neither do two steps. */
import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { augmentationFits, augmentations, layers, losses, metrics, optimizers, parseFields } from '../../catalog';
import { generator } from '../../catalog/random';
import { isStepSeeded } from '../../catalog/step-seeded';
import type { LayerSpec } from '../../contract';
import { augmentationOf } from '../augment';
import { buildModel } from '../build';
import { EagerStep, type StepOptions } from '../eager-step';
import { loadTensorFlow, type TensorFlow } from '../tf';
import { CompiledStep } from './compiled-step';
import type { BindingHolder } from './recorder';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const rows = 16;
const pictures = [6, 6, 3];
/** Frames, bands. */
const sounds = [6, 6, 1];
const targetScale = { mean: 0, standardDeviation: 1 };

/** The same first weights whatever the seed. */
function withFirstWeights(model: tensorflow.LayersModel): tensorflow.LayersModel {
  const next = generator(9);
  for (const weight of model.weights) {
    const shape = weight.shape.map(Number);
    const length = shape.reduce((product, side) => product * side, 1);
    weight.write(
      tf.tensor(
        Float32Array.from({ length }, () => next() / 2 ** 32 - 0.5),
        shape,
      ),
    );
  }
  return model;
}

/** @param random seed of what is drawn in the steps, and of that alone. */
function optionsOf(kind: 'layer' | 'augmentation', type: string, random: number): StepOptions {
  const next = generator(7);
  const ofSounds = kind === 'augmentation' && !augmentationFits(augmentations.get(type), 'picture');
  const [example = pictures] = kind === 'layer' ? layers.get(type).example.inputs : [];
  const inputShape = ofSounds ? sounds : example;
  const spec: LayerSpec[] = kind === 'layer' ? [{ id: 'tested', type, fields: {} }] : [];
  const end: LayerSpec[] = [
    { id: 'flatten', type: 'flatten', fields: {} },
    { id: 'dense', type: 'dense', fields: { units: 3, activation: 'linear' } },
  ];
  return {
    tf,
    model: withFirstWeights(buildModel(tf, { layers: [...spec, ...end] }, inputShape, 3, random)),
    data: {
      inputShape,
      inputs: Uint8Array.from({ length: inputShape.reduce((size, side) => size * side, rows) }, () => next() / 2 ** 24),
      scale: 1 / 255,
      targets: Int32Array.from({ length: rows }, (_, row) => row % 3),
      targetScale,
    },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale,
    optimizer: { definition: optimizers.get('sgd'), fields: { momentum: 0 } },
    learningRate: 0.1,
    augmentation: augmentationOf({
      augmentation: kind === 'augmentation' ? [{ type, fields: {} }] : [],
      seed: random,
    }),
  };
}

const makers = {
  eager: (options: StepOptions) => new EagerStep(options),
  compiled: (options: StepOptions) => new CompiledStep(options, tf.backend() as unknown as BindingHolder, [rows]),
};

/** The weights and losses after some steps on all rows. */
async function trained(make: keyof typeof makers, options: StepOptions, steps = 12) {
  const step = makers[make](options);
  for (let i = 0; i < steps; i++) step.train(Int32Array.from({ length: rows }, (_, row) => row));
  const losses = step.takeSums().steps.map(({ loss }) => loss);
  const { weights } = await step.readWeights();
  step.dispose();
  return { weights: Buffer.from(weights), losses };
}

/** Everything of the catalog that draws random numbers while training. */
function randomThings(): (readonly ['layer' | 'augmentation', string])[] {
  const drawing = layers.all.filter((definition) => {
    if (definition.inputs.minimum > 1 || definition.pretrained) return false;
    const values = parseFields(definition.fields, {}, definition.id);
    return isStepSeeded(
      definition.build(tf, values, { name: definition.id, seed: 1, inputShape: definition.example.inputs[0] }),
    );
  });
  return [
    ...drawing.map(({ id }) => ['layer', id] as const),
    ...augmentations.all.map(({ id }) => ['augmentation', id] as const),
  ];
}

describe.each(['eager', 'compiled'] as const)('%s training', (make) => {
  test('by one seed gives the same weights bit for bit, by another others', async () => {
    const things = randomThings();
    for (const known of ['dropout', 'spatial-dropout', 'gaussian-noise', 'flip', 'rotate', 'noise']) {
      expect(things.map(([, id]) => id)).toContain(known);
    }
    for (const [kind, type] of things) {
      const one = await trained(make, optionsOf(kind, type, 1));
      const again = await trained(make, optionsOf(kind, type, 1));
      const other = await trained(make, optionsOf(kind, type, 2));
      expect(Buffer.compare(again.weights, one.weights), type).toBe(0);
      expect(Buffer.compare(other.weights, one.weights), type).not.toBe(0);
      expect(again.losses).toEqual(one.losses);
    }
  }, 240_000);

  test('draws anew at every step', async () => {
    for (const [kind, type] of randomThings()) {
      // With a learning rate of zero nothing changes from step to step but what is drawn.
      const { losses: still } = await trained(make, { ...optionsOf(kind, type, 1), learningRate: 0 });
      expect(new Set(still).size, type).toBeGreaterThan(3);
    }
  }, 240_000);
});
