/**
 * Diagnoses of real trainings: each made to have one fault, which is to be found and mended by its repair, and healthy ones,
 * of which nothing is to be said.
 */
import { beforeAll, expect, test } from 'vitest';
import {
  changesOf,
  diagnosesFor,
  losses,
  metrics,
  optimizers,
  requireValidNetwork,
  requireValidSettings,
  startingSettings,
  tasks,
  type RunFacts,
} from '../../catalog';
import { generator } from '../../catalog/random';
import { toWireError, type Epoch, type NetworkSpec, type ProbeReading, type TrainingSettings } from '../../contract';
import { balancedWeights } from '../../engine/class-weights';
import { buildModel } from '../../engine/build';
import { EagerStep } from '../../engine/eager-step';
import { fit } from '../../engine/fit';
import { FitControl } from '../../engine/fit-control';
import { NetworkProbe } from '../../engine/probe/probe';
import { probeRows } from '../../engine/probe/probe-rows';
import { loadTensorFlow, type TensorFlow } from '../../engine/tf';
import type { Parts, TrainingData } from '../../engine/training-data';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

interface Made {
  readonly network?: NetworkSpec;
  readonly settings?: Partial<TrainingSettings>;
  /** Rows of each class. */
  readonly rows?: readonly number[];
  /** How far classes lie from each other, in their own spread. */
  readonly apart?: number;
  /** Share of rows whose label is another. */
  readonly wrong?: number;
  /** How many of all rows are trained on. */
  readonly training?: number;
  readonly inputs?: number;
  /** The class says whether the signs of the first two inputs agree. */
  readonly parity?: boolean;
  /** Added to all inputs. */
  readonly offset?: number;
}

const dense = (units: number, activation: string, id = `dense-${units}`) => ({
  id,
  type: 'dense',
  fields: { units, activation },
});
const usual: NetworkSpec = { layers: [dense(16, 'relu', 'a'), dense(16, 'relu', 'b'), dense(3, 'linear', 'c')] };

/** Clouds around the corners of a simplex, in an order of their own. */
function clouds({ rows = [120, 120, 120], apart = 4, wrong = 0, inputs: width = 6, parity = false, offset = 0 }: Made) {
  const next = generator(5);
  const share = () => next() / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share());
  const all = rows
    .flatMap((count, one) => Array.from({ length: count }, () => ({ one, place: share() })))
    .sort((a, b) => a.place - b.place);
  const inputs = Float32Array.from(
    all.flatMap(({ one }) =>
      Array.from({ length: width }, (_, at) => normal() + offset + (at === one && !parity ? apart : 0)),
    ),
  );
  const agree = (row: number) => (inputs[row * width]! > 0 === inputs[row * width + 1]! > 0 ? 1 : 0);
  const targets = Int32Array.from(all, ({ one }, row) =>
    parity ? agree(row) : share() < wrong ? (one + 1) % rows.length : one,
  );
  return { inputs, targets, count: all.length, width };
}

/** Trains as a run does, with a reading after each epoch. */
async function trained(made: Made): Promise<RunFacts> {
  const { inputs, targets, count, width } = clouds(made);
  const settings = { ...startingSettings('cross-entropy', { batchSize: 64, epochs: 10 }), ...made.settings };
  const earlyStopping = { ...settings.earlyStopping, ...(made.settings?.earlyStopping ?? { enabled: false }) };
  const all = Int32Array.from({ length: count }, (_, row) => row);
  const cut = Math.round(count * (made.training ?? 0.6));
  const parts: Parts = { training: all.slice(0, cut), validation: all.slice(cut), test: new Int32Array() };
  const data: TrainingData = {
    inputShape: [width],
    inputs,
    scale: 1,
    targets,
    targetScale: { mean: 0, standardDeviation: 1 },
  };
  const network = made.network ?? usual;
  const classes = (made.rows ?? [1, 1, 1]).map((_, one) => `class ${one}`);
  const model = buildModel(tf, network, [width], classes.length, 1);
  const [loss, task] = [losses.get('cross-entropy'), tasks.get('table-classification')];
  const { type, fields } = settings.optimizer;
  const classWeights =
    settings.classWeights === 'balanced' ? balancedWeights(targets, parts.training, classes.length) : undefined;
  const step = new EagerStep({
    ...{ tf, model, data, loss, metrics: [metrics.get('accuracy')], targetScale: data.targetScale, classWeights },
    ...{
      optimizer: { definition: optimizers.get(type), fields },
      learningRate: settings.learningRate,
      clipping: settings.clipping,
    },
  });
  const { part, rows } = probeRows(parts, data, 1, 256);
  const { weights } = await step.readWeights();
  const reader = new NetworkProbe({ tf, model, network, data, loss, task, rows, weights, places: null });
  const epochs: Epoch[] = [];
  const readings: ProbeReading[] = [];
  let error: unknown = null;
  try {
    await fit({
      ...{
        step,
        parts,
        settings: { ...settings, earlyStopping },
        metrics: [metrics.get('accuracy')],
        control: new FitControl(),
      },
      async onEpoch({ epoch }) {
        epochs.push(epoch);
        const read = reader.read((await step.readWeights()).weights);
        readings.push({ ...read, epoch: epoch.epoch, interval: 1, seconds: 0.01 });
      },
    });
  } catch (failure) {
    error = failure;
  }
  step.dispose();
  const probe = {
    part,
    rows,
    actual: Float32Array.from(rows, (row) => targets[row]!),
    target: { kind: 'classes' as const, classes },
  };
  const data_ = {
    versionId: 'v',
    task: 'table-classification',
    target: 'kind',
    types: {},
    split: { kind: 'random', seed: 1, validation: 0.2, test: 0.2, stratified: true },
  } as const;
  return {
    run: {
      data: data_,
      network,
      settings: { ...settings, earlyStopping },
      state: error === null ? 'finished' : 'failed',
      error: error === null ? null : toWireError(error),
    },
    epochs,
    readings: {
      more: false,
      probe,
      tracks: readings,
      said: Float32Array.from(readings.flatMap(({ answers }) => Array.from(rows, (_, at) => answers[at * 3]!))),
    },
    newest: readings.at(-1) ?? null,
  };
}

const deep = (activation: string): NetworkSpec => ({
  layers: [...Array.from({ length: 7 }, (_, at) => dense(12, activation, `l-${at}`)), dense(3, 'linear', 'answer')],
});

const faults: readonly (readonly [id: string, made: Made])[] = [
  ['learning-rate-too-high', { settings: { learningRate: 3, epochs: 6 } }],
  ['learning-rate-too-low', { settings: { learningRate: 0.00001, epochs: 6 } }],
  [
    'overfitting',
    {
      apart: 1,
      training: 0.25,
      inputs: 30,
      network: { layers: [dense(128, 'relu', 'a'), dense(3, 'linear', 'c')] },
      settings: { epochs: 12, learningRate: 0.01 },
    },
  ],
  [
    'underfitting',
    {
      parity: true,
      rows: [150, 150],
      network: { layers: [dense(2, 'linear', 'c')] },
      settings: { epochs: 16, learningRate: 0.03 },
    },
  ],
  [
    'collapse',
    {
      rows: [250, 50, 40],
      apart: 0,
      network: { layers: [dense(4, 'relu', 'a'), dense(3, 'linear', 'c')] },
      settings: { epochs: 8, learningRate: 0.02 },
    },
  ],
  ['dead-units', { offset: -20, settings: { learningRate: 0.01 } }],
  ['exploding-gradients', { network: deep('linear'), settings: { learningRate: 0.5, epochs: 3 } }],
  ['vanishing-gradients', { network: deep('sigmoid'), settings: { epochs: 4 } }],
  ['imbalance', { rows: [300, 300, 40], apart: 1.6, settings: { epochs: 6, learningRate: 0.003 } }],
  ['leakage', { apart: 12, settings: { learningRate: 0.01, epochs: 4 } }],
  ['noisy-labels', { wrong: 0.12, apart: 6, settings: { epochs: 6, learningRate: 0.01 } }],
];

const healthy: readonly (readonly [what: string, made: Made])[] = [
  ['classes that lie apart', { settings: { learningRate: 0.005 } }],
  ['classes that lie partly on each other', { apart: 2, settings: { learningRate: 0.005 } }],
  ['classes that can hardly be told apart', { apart: 1.2, settings: { learningRate: 0.003, epochs: 6 } }],
  ['a usual learning rate, which has only begun', { settings: { epochs: 5 } }],
  [
    'what a line cannot part',
    {
      parity: true,
      rows: [200, 200],
      inputs: 2,
      network: { layers: [dense(32, 'relu', 'a'), dense(2, 'linear', 'c')] },
      settings: { learningRate: 0.02 },
    },
  ],
  [
    'a handful of rows, for which half of the units are silent',
    { rows: [2, 2, 2], training: 0.84, settings: { learningRate: 0.01 } },
  ],
  ['a rare class that is recognized', { rows: [200, 200, 30], apart: 4, settings: { learningRate: 0.01 } }],
];

const idsOf = (facts: RunFacts) => diagnosesFor(facts).map(({ id }) => id);

test.each(faults)(
  'a training made to have the fault %s is said to have it, with a sentence and a repair',
  async (id, made) => {
    const facts = await trained(made);
    const diagnosis = diagnosesFor(facts).find((one) => one.id === id);
    expect(idsOf(facts)).toContain(id);
    expect(diagnosis!.text.en).toMatch(/\d/);
    for (const words of [diagnosis!.text, diagnosis!.next])
      expect(`${words.en}${words.zh}`).not.toMatch(/NaN|undefined|Infinity/);
    expect(diagnosis!.evidence.values.length).toBeGreaterThan(1);
    const { remedy } = diagnosis!;
    if (!remedy || !('change' in remedy)) return;
    const after = remedy.change(facts.run);
    const changes = changesOf(facts.run, after);
    expect(changes.length).toBeGreaterThan(0);
    for (const { before, after: to } of changes) expect(before).not.toEqual(to);
    requireValidSettings(after.settings, 'table-classification');
    requireValidNetwork(after.network, [made.inputs ?? 6], (made.rows ?? [1, 1, 1]).length);
  },
);

test.each(healthy)('of a healthy training nothing is said: %s', async (_, made) => {
  expect(idsOf(await trained(made))).toEqual([]);
});

test.each(['learning-rate-too-high', 'vanishing-gradients', 'imbalance', 'dead-units'])(
  'the remedy of %s mends it',
  async (id) => {
    const [, made] = faults.find(([fault]) => fault === id)!;
    const facts = await trained(made);
    const { remedy } = diagnosesFor(facts).find((one) => one.id === id)!;
    if (!remedy || !('change' in remedy)) throw new Error('Nothing to change');
    const { network, settings } = remedy.change(facts.run);
    expect(idsOf(await trained({ ...made, network, settings }))).not.toContain(id);
  },
);
