/** The probe beside real training: it changes no bit of it, leaves no tensor, and its figures are those of other ways to them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { losses, metrics, optimizers, startingSettings, tasks } from '../../catalog';
import { generator } from '../../catalog/random';
import { classAnswerWidth, placeAxes, type NetworkSpec } from '../../contract';
import { buildModel } from '../build';
import { CompiledStep } from '../compile/compiled-step';
import type { BindingHolder } from '../compile/recorder';
import { EagerStep, type StepOptions } from '../eager-step';
import { predictRows } from '../evaluate';
import type { Step } from '../step';
import { loadTensorFlow, type TensorFlow } from '../tf';
import type { Parts, TrainingData } from '../training-data';
import { fromBytes, setModelWeights } from '../weights';
import { principalPlaces, turnTowards } from './principal-axes';
import { NetworkProbe, type ProbeMeasures } from './probe';
import { ProbePace } from './probe-pace';
import { probeRows } from './probe-rows';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

/** Branches that join, dropout, moving statistics, a penalty, ReLU. */
const network: NetworkSpec = {
  layers: [
    { id: 'dense-1', type: 'dense', fields: { units: 12, activation: 'relu', l2: 0.001 } },
    { id: 'batch-normalization-1', type: 'batch-normalization', fields: {} },
    { id: 'dropout-1', type: 'dropout', fields: { rate: 0.3 } },
    { id: 'dense-2', type: 'dense', fields: { units: 12, activation: 'tanh' }, inputs: ['@data'] },
    { id: 'add-1', type: 'add', fields: {}, inputs: ['dropout-1', 'dense-2'] },
    { id: 'dense-3', type: 'dense', fields: { units: 3, activation: 'linear' } },
  ],
};
const rows = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
const probe = rows(128, 160);

function makeData(): TrainingData {
  const next = generator(7);
  const inputs = Float32Array.from({ length: 160 * 4 }, () => next() / 2 ** 31 - 1);
  const targets = Int32Array.from({ length: 160 }, (_, row) => {
    const values = Array.from(inputs.subarray(row * 4, row * 4 + 3));
    return values.indexOf(Math.max(...values));
  });
  return { inputShape: [4], inputs, scale: 1, targets, targetScale: { mean: 0, standardDeviation: 1 } };
}

function stepOptions(spec = network): StepOptions {
  const settings = startingSettings('cross-entropy', { batchSize: 32, epochs: 4 });
  const data = makeData();
  return {
    ...{ tf, data, model: buildModel(tf, spec, [4], 3, 1), learningRate: 0.01 },
    ...{ loss: losses.get(settings.loss), metrics: [metrics.get('accuracy')], targetScale: data.targetScale },
    optimizer: { definition: optimizers.get('adam'), fields: {} },
  };
}

const kinds = {
  eager: (options: StepOptions): Step => new EagerStep(options),
  compiled: (options: StepOptions): Step => new CompiledStep(options, tf.backend() as unknown as BindingHolder, [32]),
};

async function openOn({ model, data, loss }: StepOptions, step: Step, spec = network): Promise<NetworkProbe> {
  const { weights } = await step.readWeights();
  const task = tasks.get('table-classification');
  return new NetworkProbe({ tf, model, network: spec, data, loss, task, rows: probe, weights, places: null });
}

async function train(kind: keyof typeof kinds, isProbed: boolean) {
  const options = stepOptions();
  const step = kinds[kind](options);
  const reader = isProbed ? await openOn(options, step) : null;
  const readings: ProbeMeasures[] = [];
  const tensors: number[] = [];
  for (let epoch = 0; epoch < 4; epoch++) {
    for (let at = 0; at < 128; at += 32) step.train(rows(at, at + 32));
    step.takeSums();
    const { weights } = await step.readWeights();
    if (reader) readings.push(reader.read(weights));
    tensors.push(tf.memory().numTensors);
  }
  const [{ tensors: state }, { weights }] = [await step.readState(), await step.readWeights()];
  step.dispose();
  return { state, weights, readings, tensors };
}

describe.each(['eager', 'compiled'] as const)('beside %s training', (kind) => {
  test('no bit of what is trained changes, and no tensor is left', async () => {
    const [alone, probed] = [await train(kind, false), await train(kind, true)];
    expect(Buffer.compare(probed.state, alone.state)).toBe(0);
    expect(new Set(probed.tensors.slice(1)).size).toBe(1);
    expect(probed.readings).toHaveLength(4);
  });
});

test('answers, norms, gradients and activations are what other ways give', async () => {
  const options = stepOptions();
  const step = kinds.eager(options);
  const before = (await step.readWeights()).weights;
  const reader = await openOn(options, step);
  step.train(rows(0, 32));
  step.takeSums();
  const { manifest, weights } = await step.readWeights();
  const { layers, answers } = reader.read(weights);
  expect(layers.map(({ layer }) => layer)).toEqual(network.layers.map(({ id }) => id));

  const finished = {
    tf,
    model: options.model,
    task: tasks.get('table-classification'),
    targetScale: options.targetScale,
  };
  const outputs = predictRows(finished, options.data, probe);
  probe.forEach((row, at) => {
    const own = Array.from(outputs.subarray(at * 3, at * 3 + 3));
    const [said, sure, truth] = answers.subarray(at * classAnswerWidth, (at + 1) * classAnswerWidth);
    expect(said).toBe(own.indexOf(Math.max(...own)));
    expect(sure).toBeCloseTo(Math.max(...own), 6);
    expect(truth).toBeCloseTo(own[options.data.targets[row]!]!, 6);
  });

  const [now, former] = [fromBytes(weights, manifest), fromBytes(before, manifest)];
  const last = layers.at(-1)!.weights!;
  const norm = (arrays: readonly Float32Array[]) => Math.hypot(...arrays.flatMap((values) => [...values]));
  expect(last.norm).toBeCloseTo(norm(now.slice(-2)), 5);
  expect(last.update).toBeCloseTo(
    norm(now.slice(-2).map((values, i) => values.map((v, at) => v - former.at(i - 2)![at]!))),
    5,
  );
  expect(last.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(12 * 3 + 3);

  // The gradient's norm by central differences of the loss, weight by weight of the output layer's bias.
  const lossOf = () => step.evaluate(probe).loss / probe.length;
  const slope = (place: number, at: number) => {
    const around = [0.01, -0.01].map((change) => {
      const moved = fromBytes(weights, manifest);
      moved[place]![at]! += change;
      setModelWeights(tf, options.model, new Uint8Array(Buffer.concat(moved.map((v) => Buffer.from(v.buffer)))));
      return lossOf();
    });
    return (around[0]! - around[1]!) / 0.02;
  };
  const places = [manifest.length - 2, manifest.length - 1];
  const slopes = places.flatMap((place) => [...now[place]!.keys()].map((at) => slope(place, at)));
  expect(last.gradient).toBeCloseTo(Math.hypot(...slopes), 3);
  step.dispose();
});

test('a ReLU layer whose biases are far below zero is dead, and says so; a linear network has its inputs as places', async () => {
  const dead: NetworkSpec = {
    layers: [{ id: 'a', type: 'dense', fields: { units: 6, activation: 'relu' } }, network.layers[5]!],
  };
  const options = stepOptions(dead);
  const step = kinds.eager(options);
  const reader = await openOn(options, step, dead);
  const { manifest, weights } = await step.readWeights();
  const arrays = fromBytes(weights, manifest);
  arrays[1]!.fill(-100, 0, 3);
  const { layers } = reader.read(new Uint8Array(Buffer.concat(arrays.map((v) => Buffer.from(v.buffer)))));
  expect(layers.map((layer) => layer.dead)).toEqual([0.5, null]);
  step.dispose();

  const linear: NetworkSpec = { layers: [network.layers[5]!] };
  const flat = stepOptions(linear);
  const flatStep = kinds.eager(flat);
  const { places } = (await openOn(flat, flatStep, linear)).read((await flatStep.readWeights()).weights);
  // Distances in the plane of all four axes are those between the inputs.
  const input = (at: number) => Array.from(flat.data.inputs as Float32Array).slice(probe[at]! * 4, probe[at]! * 4 + 4);
  const between = (one: number[], other: number[]) => Math.hypot(...one.map((value, i) => value - other[i]!));
  const place = (at: number) => [...places.subarray(at * placeAxes, (at + 1) * placeAxes)];
  expect(between(place(0), place(1))).toBeCloseTo(between(input(0), input(1)), 2);
  flatStep.dispose();
});

test('principal axes go the way of the greatest spread, and are turned towards what was', () => {
  const points = Array.from({ length: 20 }, (_, i) => [Math.cos(i) * 5, Math.sin(i * 1.7)] as const);
  const mean = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis]!, 0) / 20);
  const centred = points.map((point) => point.map((value, axis) => value - mean[axis]!));
  const gram = centred.flatMap((one) => centred.map((other) => one[0]! * other[0]! + one[1]! * other[1]!));
  const places = principalPlaces(gram, 20, 2);
  const along = (axis: number) => Math.hypot(...centred.map((_, at) => places[at * 2 + axis]!));
  expect(along(0)).toBeGreaterThan(along(1));
  expect(along(0) ** 2 + along(1) ** 2).toBeCloseTo(
    gram.reduce((sum, value, at) => sum + (at % 21 === 0 ? value : 0), 0),
    2,
  );
  // Turned by a third of a circle and mirrored, they come back.
  const turned = Float32Array.from(places);
  for (let at = 0; at < 40; at += 2) {
    const [x, y] = [places[at]!, -places[at + 1]!];
    turned[at] = Math.cos(2) * x - Math.sin(2) * y;
    turned[at + 1] = Math.sin(2) * x + Math.cos(2) * y;
  }
  turnTowards(turned, places, 2);
  turned.forEach((value, at) => expect(value).toBeCloseTo(places[at]!, 4));
});

test('the probe has every class its share of validation rows, never test rows, and is the same again', () => {
  const targets = Int32Array.from({ length: 1000 }, (_, row) => (row % 100 === 0 ? 2 : row % 2));
  const parts: Parts = { training: rows(0, 400), validation: rows(400, 900), test: rows(900, 1000) };
  const chosen = probeRows(parts, { targets }, 3, 50);
  expect(chosen.part).toBe('validation');
  expect(chosen.rows).toHaveLength(50);
  expect(Math.min(...chosen.rows)).toBeGreaterThanOrEqual(400);
  expect(Math.max(...chosen.rows)).toBeLessThan(900);
  expect(chosen.rows.filter((row) => targets[row] === 2).length).toBeGreaterThanOrEqual(1);
  expect(chosen.rows.filter((row) => targets[row] === 0).length).toBeGreaterThan(20);
  expect(probeRows(parts, { targets }, 3, 50)).toEqual(chosen);
  expect(probeRows({ ...parts, validation: rows(0, 0) }, { targets }, 3, 50).part).toBe('training');
});

test('readings take 1 % of long epochs, and of short ones no more than a run is given for them', () => {
  const due = (epochs: number, epochSeconds: number, cost: number) => {
    const pace = new ProbePace(epochs);
    let read = 0;
    for (let epoch = 1; epoch <= epochs; epoch++) {
      if (!pace.isDue(epoch)) continue;
      pace.read(epoch, epochSeconds, cost);
      read += 1;
    }
    return read;
  };
  expect(due(20, 5, 0.05)).toBe(20);
  expect(due(20, 0.1, 0.02)).toBe(20);
  // 100 epochs of 50 s, readings of 2 s: one in four.
  expect(due(100, 50, 2)).toBe(26);
  // 2,000 epochs of 20 ms: a second's worth of 20 ms, the second one and the last.
  expect(due(2000, 0.02, 0.02)).toBeLessThanOrEqual(52);
  expect(due(2000, 0.02, 0.02)).toBeGreaterThan(45);
  // What is done for the first time only does not thin out what follows.
  const slow = new ProbePace(6);
  slow.read(1, 0.1, 0.9);
  expect(slow.isDue(2)).toBe(true);
  expect(due(100_000, 60, 0.1)).toBeLessThanOrEqual(402);
});
