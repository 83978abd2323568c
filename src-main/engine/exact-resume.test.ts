/**
 * A run that goes on from the middle of an epoch ends with the bits of one that was never interrupted: for every optimizer,
 * with each kind of state a network can have, on the eager and on the compiled step. What a case needs is one line below.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { generator } from '../catalog/random';
import { augmentationFits, augmentations, losses, metrics, optimizers, startingSettings } from '../catalog';
import type { LayerSpec, NetworkSpec, Shape, TrainingSettings } from '../contract';
import { augmentationOf } from './augment';
import { buildModel } from './build';
import type { CheckpointRhythm } from './checkpoint-pace';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { fit, type FitOptions } from './fit';
import { FitControl } from './fit-control';
import type { EpochReport, FitPosition } from './fit-reports';
import type { Step, StepState } from './step';
import { loadTensorFlow, type TensorFlow } from './tf';
import type { Parts, TrainingData } from './training-data';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const dense = (id: string, units: number, activation: string): LayerSpec => ({
  id,
  type: 'dense',
  fields: { units, activation, l2: 0.001 },
});
const normalization: LayerSpec = { id: 'n', type: 'batch-normalization', fields: {} };
const dropout: LayerSpec = { id: 'd', type: 'dropout', fields: { rate: 0.3 } };
const output = dense('o', 3, 'linear');

const flatten: LayerSpec = { id: 'f', type: 'flatten', fields: {} };

interface Variant {
  readonly inputShape: Shape;
  readonly network: NetworkSpec;
  readonly settings?: Partial<TrainingSettings>;
}
const pictureVariant = 'with dropout and every augmentation of pictures';
const soundVariant = 'with dropout and every augmentation of sounds';
const everyAugmentation = (input: 'picture' | 'sound') =>
  augmentations.all
    .filter((definition) => augmentationFits(definition, input))
    .map(({ id }) => ({ type: id, fields: {} }));

/** Networks and settings under which every optimizer must go on exactly. */
const variants: Record<string, Variant> = {
  'without dropout': { inputShape: [4], network: { layers: [dense('a', 8, 'tanh'), normalization, output] } },
  'with dropout': { inputShape: [4], network: { layers: [dense('a', 8, 'tanh'), normalization, dropout, output] } },
  [pictureVariant]: {
    inputShape: [4, 4, 3],
    network: { layers: [flatten, dense('a', 8, 'tanh'), dropout, output] },
    settings: { augmentation: everyAugmentation('picture') },
  },
  [soundVariant]: {
    inputShape: [4, 4, 1],
    network: { layers: [flatten, dense('a', 8, 'tanh'), dropout, output] },
    settings: { augmentation: everyAugmentation('sound') },
  },
};
const steps = { eager: EagerStep, compiled: CompiledStep };
const kinds = ['eager', 'compiled'] as const;
/** Each optimizer with each kind of state; what augmentations draw has nothing to do with the optimizer, so that one will do for those. */
const cases = optimizers.all.flatMap(({ id }) =>
  Object.keys(variants)
    .filter((variant) => ![pictureVariant, soundVariant].includes(variant) || id === 'adam')
    .flatMap((variant) => kinds.map((kind) => ({ optimizer: id, variant, kind }))),
);

const rows = 150;
const batchSize = 16;
const stepsPerEpoch = 10;
/** In the second of two epochs, and no multiple of the steps that one call may do. */
const interruptedAt = stepsPerEpoch + 5;
/** Every step is kept. */
const eachStep: CheckpointRhythm = { seconds: 0, share: 1e9 };

/** Rows of numbers from 0 to 1; the class is the index of the largest of the first three. */
function makeData(inputShape: Shape): { data: TrainingData; parts: Parts } {
  const next = generator(7);
  const size = inputShape.reduce((product, one) => product * one, 1);
  const inputs = Float32Array.from({ length: (rows + 40) * size }, () => next() / 2 ** 32);
  const targets = Int32Array.from({ length: rows + 40 }, (_, row) => {
    const values = Array.from(inputs.subarray(row * size, row * size + 3));
    return values.indexOf(Math.max(...values));
  });
  const all = Int32Array.from({ length: rows + 40 }, (_, row) => row);
  return {
    data: { inputShape, inputs, scale: 1, targets, targetScale: { mean: 0, standardDeviation: 1 } },
    parts: { training: all.subarray(0, rows), validation: all.subarray(rows), test: new Int32Array() },
  };
}

type Case = (typeof cases)[number];

function makeRun({ optimizer: type, variant, kind }: Case): { step: Step; options: FitOptions } {
  const { inputShape, network, settings: own } = variants[variant]!;
  const definition = optimizers.get(type);
  const fields: TrainingSettings['optimizer']['fields'] = type === 'rmsprop' ? { momentum: 0.5 } : {};
  const settings: TrainingSettings = {
    ...startingSettings('cross-entropy', { batchSize, epochs: 2 }),
    learningRate: definition.defaultLearningRate,
    optimizer: { type, fields },
    ...own,
  };
  const { data, parts } = makeData(inputShape);
  const measures = { loss: losses.get('cross-entropy'), metrics: [metrics.get('accuracy')] };
  const model = buildModel(tf, network, inputShape, 3, settings.seed);
  const stepOptions: StepOptions = {
    ...{ tf, model, data, learningRate: settings.learningRate, targetScale: data.targetScale },
    ...measures,
    optimizer: { definition, fields },
    augmentation: augmentationOf(settings),
  };
  const step =
    kind === 'eager'
      ? new steps.eager(stepOptions)
      : new steps.compiled(stepOptions, tf.backend() as unknown as BindingHolder, [batchSize, rows % batchSize]);
  return { step, options: { step, parts, settings, metrics: measures.metrics, control: new FitControl() } };
}

interface Moment {
  readonly position: FitPosition;
  readonly state: StepState;
}

/** Trains to the end. @param keepAt a step after which the middle of the epoch is kept, while the run goes on. */
async function run(which: Case, from?: Moment, keepAt?: number) {
  const { step, options } = makeRun(which);
  if (from) step.writeState(from.state);
  const reports: EpochReport[] = [];
  const points: EpochReport['batches'][number][] = [];
  const moments: Moment[] = [];
  const end = await fit({
    ...options,
    ...(from ? { start: from.position } : {}),
    ...(keepAt === undefined ? {} : { rhythm: eachStep }),
    async onPart({ position, batches }) {
      points.push(...batches);
      if (step.step !== keepAt) return;
      // As the library holds it: the position went through JSON.
      moments.push({ position: JSON.parse(JSON.stringify(position)) as FitPosition, state: await step.readState() });
    },
    onEpoch(report) {
      reports.push(report);
      points.push(...report.batches);
    },
  });
  const state = await step.readState();
  step.dispose();
  return { end, state, points, moments, figures: reports.map(({ epoch }) => epoch.metrics) };
}

test('the table holds every optimizer of the catalog', () => {
  expect(optimizers.all.length).toBeGreaterThanOrEqual(9);
  expect(cases).toHaveLength((optimizers.all.length * 2 + 2) * 2);
});

test.each(cases)('$optimizer $variant, $kind: goes on exactly from the middle of an epoch', async (which) => {
  const whole = await run(which, undefined, interruptedAt);
  const [moment] = whole.moments;
  expect(moment?.position).toMatchObject({ epoch: 1, part: { steps: interruptedAt - stepsPerEpoch } });
  const rest = await run(which, moment);
  expect(Buffer.compare(rest.state.tensors, whole.state.tensors)).toBe(0);
  expect(rest.figures).toEqual(whole.figures.slice(1));
  expect(rest.points).toEqual(whole.points.filter(({ step }) => step > interruptedAt));
  expect(rest.end).toEqual(whole.end);
});

describe.each(['eager', 'compiled'] as const)('%s', (kind) => {
  const which: Case = { optimizer: 'adam', variant: 'with dropout', kind };

  test('keeping the middle of epochs changes nothing', async () => {
    const [kept, plain] = [await run(which, undefined, interruptedAt), await run(which)];
    expect(Buffer.compare(kept.state.tensors, plain.state.tensors)).toBe(0);
    expect([kept.figures, kept.points, kept.end]).toEqual([plain.figures, plain.points, plain.end]);
  });

  test('a stop within an epoch keeps the place, and figures stay those of whole epochs', async () => {
    const whole = await run(which);
    const { step, options } = makeRun(which);
    const control = new FitControl();
    const parts: FitPosition[] = [];
    const epochs: number[] = [];
    const train = step.train.bind(step);
    step.train = (...given) => {
      train(...given);
      if (step.step === interruptedAt) control.stop();
    };
    const end = await fit({
      ...{ ...options, control },
      onPart: ({ position }) => void parts.push(position),
      onEpoch: ({ epoch }) => void epochs.push(epoch.epoch),
    });
    expect(end).toMatchObject({ reason: 'stopped', position: { epoch: 1, part: { steps: 5 } } });
    expect([parts, epochs]).toEqual([[end.position], [1]]);
    const rest = await run(which, { position: end.position, state: await step.readState() });
    step.dispose();
    expect(Buffer.compare(rest.state.tensors, whole.state.tensors)).toBe(0);
  });
});
