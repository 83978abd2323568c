/**
 * A preview is what training sees: the pictures that the network was given in one step, eager or compiled, read out of it
 * by its own update, are the variants that are shown for that seed and step.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { losses, optimizers } from '../catalog';
import { generator } from '../catalog/random';
import type { LayerSpec } from '../contract';
import { augmentationOf } from './augment';
import type { Chosen } from './augment.test-data';
import { previewOrder, scaledPixels, variantsOf } from './augment-preview';
import { buildModel } from './build';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { loadTensorFlow, type TensorFlow } from './tf';
import { fromBytes } from './weights';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const inputShape = [6, 5, 3];
const size = 90;
const count = 8;
const next = generator(2);
const pixels = Uint8Array.from({ length: 9 * size }, () => next() >>> 24);
const pictures = { shape: [6, 5, 3] as const, values: scaledPixels(pixels) };
const seed = 77;
const step = 1234;
const of = (chosen: Chosen) =>
  augmentationOf({ augmentation: chosen.map(([type, fields = {}]) => ({ type, fields })), seed })!;
const everything: Chosen = [
  ['crop', { border: 0.2, smallest: 0.7 }],
  ['flip'],
  ['rotate', { degrees: 40 }],
  ['colour', { hue: 90, saturation: 0.6 }],
  ['noise'],
  ['cutout'],
];

/** A network of one neuron without weights so far, whose output is far too small: it is moved by the mean of its inputs. */
function optionsOf(weights: Float32Array): StepOptions {
  const layers: LayerSpec[] = [
    { id: 'f', type: 'flatten', fields: {} },
    { id: 'o', type: 'dense', fields: { units: 1, activation: 'linear', initializer: 'zeros' } },
  ];
  const targetScale = { mean: 0, standardDeviation: 1 };
  return {
    ...{ tf, targetScale, augmentation: of(everything), learningRate: 1, metrics: [] },
    model: buildModel(tf, { layers }, inputShape, 1, 1),
    data: {
      ...{ inputShape, inputs: pixels, scale: 1 / 255, targetScale, weights },
      targets: new Float32Array(9).fill(1e6),
    },
    loss: losses.get('mean-absolute-error'),
    optimizer: { definition: optimizers.get('sgd'), fields: { momentum: 0 } },
  };
}

const makers = {
  eager: (options: StepOptions) => new EagerStep(options),
  compiled: (options: StepOptions) => new CompiledStep(options, tf.backend() as unknown as BindingHolder, [2 * count]),
};

/** The sum of what the network was given for the rows that count, by the change of its weights. */
async function seenBy(make: keyof typeof makers, rowWeights: Float32Array): Promise<number[]> {
  const training = makers[make](optionsOf(rowWeights));
  const before = await training.readState();
  training.writeState({ ...before, step });
  training.train(previewOrder(9, count));
  const after = await training.readState();
  training.dispose();
  const [old, moved] = [before, after].map(({ tensors, manifest }) => fromBytes(tensors, manifest)[0]);
  return Array.from(moved ?? [], (value, i) => (value - (old?.[i] ?? NaN)) * 2 * count);
}

describe.each(['eager', 'compiled'] as const)('%s training', (make) => {
  test('sees the variants of the preview', async () => {
    const variants = variantsOf(tf, pictures, of(everything), { count, step });
    // Only the picture at the even places counts: the sum of all its variants.
    const found = await seenBy(
      make,
      Float32Array.from({ length: 9 }, (_, row) => (row === 0 ? 1 : 0)),
    );
    const sum = Array.from({ length: size }, (_, i) =>
      Array.from({ length: count }, (_, variant) => variants[variant * size + i]!).reduce((all, one) => all + one),
    );
    const apart = sum.map((value, i) => Math.abs(value - found[i]!));
    expect(Math.max(...apart)).toBeLessThan(1e-4);
  });
});

test('variants differ from each other, and from step to step and seed to seed; the same are the same', () => {
  const shown = (chosen: Chosen, at: number, by = seed) =>
    variantsOf(tf, pictures, { ...of(chosen), seed: by }, { count, step: at });
  const first = shown(everything, 1);
  const each = Array.from({ length: count }, (_, i) => first.slice(i * size, (i + 1) * size).join());
  expect(new Set(each).size).toBe(count);
  expect(shown(everything, 1)).toEqual(first);
  expect(shown(everything, 2)).not.toEqual(first);
  expect(shown(everything, 1, 78)).not.toEqual(first);
});

test('mixing is with each of the others in turn', () => {
  expect([...previewOrder(9, 4)]).toEqual([0, 1, 0, 2, 0, 3, 0, 4]);
  expect([...previewOrder(3, 4)]).toEqual([0, 1, 0, 2, 0, 1, 0, 2]);
  expect([...previewOrder(1, 2)]).toEqual([0, 0, 0, 0]);
  const variants = variantsOf(tf, pictures, of([['mixup', { alpha: 8 }]]), { count, step });
  for (let variant = 0; variant < count; variant++) {
    // own + (1 − λ) · (other − own) at every pixel, with one λ.
    const shares = Array.from({ length: size }, (_, i) => {
      const [own, other] = [pixels[i]! / 255, pixels[(variant + 1) * size + i]! / 255];
      return Math.abs(other - own) < 0.1 ? null : (variants[variant * size + i]! - own) / (other - own);
    }).filter((share) => share !== null);
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThan(1e-4);
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares[0]).toBeLessThan(1);
  }
});
