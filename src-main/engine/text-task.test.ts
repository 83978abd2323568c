/** The networks that the task over texts begins with, and the one that reads both ways, in training: compiled steps are eager ones, hidden words included. */
import { beforeAll, expect, test } from 'vitest';
import { losses, metrics, offeredPresets, optimizers, tasks } from '../catalog';
import { settingDefaults, type Target } from '../contract';
import { augmentationOf } from './augment';
import { buildModel } from './build';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { loadTensorFlow, type TensorFlow } from './tf';
import { fromBytes } from './weights';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
}, 60_000);

const [rows, length, codes] = [24, 9, 40];
const target: Target = { kind: 'classes', classes: ['blame', 'praise'] };
/** Texts of class 1 hold code 7, those of class 0 code 8; the rest is noise, and the ends are padding. */
const texts = Float32Array.from({ length: rows * length }, (_, at) => {
  const [row, place] = [Math.floor(at / length), at % length];
  if (place >= 4 + (row % 5)) return 0;
  return place === row % 4 ? 7 + ((row + 1) % 2) : 9 + ((at * 13) % (codes - 9));
});
const targets = Int32Array.from({ length: rows }, (_, row) => row % 2);

function optionsOf(augment: readonly string[], preset = 'balanced'): StepOptions {
  const task = tasks.get('text-classification');
  const offered = offeredPresets(task, [length], target, { codes, rows });
  const { network } = offered.find(({ id }) => id === preset)!;
  const augmentation = augment.map((type) => ({ type, fields: { share: 0.3 } }));
  return {
    tf,
    model: buildModel(tf, network, [length], 2, 1),
    data: {
      inputShape: [length],
      inputs: texts,
      scale: 1,
      normalization: null,
      targets,
      targetScale: { mean: 0, standardDeviation: 1 },
    },
    optimizer: { definition: optimizers.get('adam'), fields: {} },
    learningRate: 0.05,
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale: { mean: 0, standardDeviation: 1 },
    augmentation: augmentationOf({ ...settingDefaults, augmentation, seed: 5 }),
  };
}

test.each([
  ['balanced', []],
  ['balanced', ['word-dropout']],
  ['bi-lstm', []],
])(
  'compiled steps of %s are eager ones, with %j',
  async (preset, augment: string[]) => {
    const options = optionsOf(augment, preset);
    const one = new CompiledStep(options, tf.backend() as unknown as BindingHolder, [8]);
    const other = new EagerStep(optionsOf(augment, preset));
    for (let step = 0; step < 12; step++) {
      const batch = Int32Array.from({ length: 8 }, (_, at) => (step * 8 + at) % rows);
      one.train(batch);
      other.train(batch);
    }
    const [trained, expected] = [one.takeSums().steps, other.takeSums().steps];
    for (const [at, { loss }] of expected.entries()) expect((trained[at]?.loss ?? NaN) / loss).toBeCloseTo(1, 4);
    // What tells the classes apart is learnt.
    expect(expected.at(-1)?.loss).toBeLessThan(0.6 * (expected[0]?.loss ?? NaN));
    const [a, b] = [await one.readState(), await other.readState()];
    const [found, wanted] = [fromBytes(a.tensors, a.manifest), fromBytes(b.tensors, b.manifest)];
    for (const [at, values] of wanted.entries()) {
      const scale = Math.max(...values.map(Math.abs), 1e-3);
      for (const [place, value] of values.entries())
        expect(Math.abs(value - (found[at]?.[place] ?? NaN)) / scale).toBeLessThan(1e-4);
    }
    one.dispose();
    other.dispose();
  },
  60_000,
);

test('a hidden word is one that is not known: the rest keeps its places', () => {
  const options = optionsOf(['word-dropout']);
  const [chosen] = options.augmentation?.chosen ?? [];
  if (chosen?.definition.kind !== 'codes') throw new Error('no change of codes');
  const given = tf.tensor2d([[3, 4, 5, 0]]);
  const draws = { uniform: () => tf.tensor2d([[0.2, 0.9, 0.3, 0.1]]), normal: () => tf.zeros([1]) };
  const found = chosen.definition.change(tf, { share: 0.3 }, draws, given);
  expect([...found.dataSync()]).toEqual([0, 4, 5, 0]);
  tf.dispose([given, found]);
});
