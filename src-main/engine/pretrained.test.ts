/**
 * The pretrained picture network: its features against those of the tfjs model that it was made of, frozen part and rest
 * against the whole, compiled training against eager. Small pictures, as it is large.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkNetwork, frozenStart, losses, metrics, optimizers, pretrainedOf, type Normalization } from '../catalog';
import { convolution, countWeights, invertedResiduals } from '../catalog/convolution-stack';
import { pictureStackLayer } from '../catalog/pretrained-pictures';
import { dataSource, type FieldValues, type NetworkSpec } from '../contract';
import { augmentationOf } from './augment';
import { buildModel } from './build';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { frozenFeatures } from './features';
import { pretrainedFrom } from './pretrained';
import { loadTensorFlow, type TensorFlow } from './tf';
import { fromBytes, modelWeights, setModelWeights, toBytes } from './weights';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

/** Reads the file once. */
const shared = pretrainedFrom('resources');
const source = (normalization: Normalization | null = null) => ({ ...shared, normalization });
const only = (fields: FieldValues): NetworkSpec => ({
  layers: [{ id: 'seen', type: 'efficientnet-lite0', fields }],
});
const classifier = (fields: FieldValues): NetworkSpec => ({
  layers: [...only(fields).layers, { id: 'answer', type: 'dense', fields: { units: 3, activation: 'linear' } }],
});

/** Waves that differ by picture and channel: pixels from 0 to 255. */
function waves(count: number, side: number): Uint8Array {
  const size = side * side * 3;
  return Uint8Array.from({ length: count * size }, (_, at) => {
    const [picture, pixel] = [Math.floor(at / size), Math.floor((at % size) / 3)];
    const [y, x, channel] = [Math.floor(pixel / side), pixel % side, at % 3];
    return Math.round(127.5 + 127.5 * Math.sin(x / (3 + channel) + ((picture + 1) * (y / 7) ** 2) / 9));
  });
}

function predicted(network: NetworkSpec, input: tensorflow.Tensor, normalization: Normalization | null = null) {
  const model = buildModel(tf, network, input.shape.slice(1), 1280, 1, source(normalization));
  const values = (model.predict(input) as tensorflow.Tensor).dataSync<'float32'>();
  model.dispose();
  return values;
}

/** The largest difference between two lists. */
function furthest(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length);
  return Array.from(one).reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? NaN))), 0);
}

describe('features', () => {
  /** Every 64th feature of two pictures of waves, 64 × 64, by the tfjs model before it was brought to 16 bits. */
  const reference = [
    [1.7783, 3.98446, 0, 0, 0, 0, 0.23835, 0, 1.70583, 0, 0, 4.9004, 0, 5.3291, 3.87702, 0, 0, 1.41193, 0, 0],
    [2.36876, 4.30439, 0, 0, 0, 0, 4.37686, 0, 3.46283, 0, 0, 4.35824, 0.05605, 4.98273, 3.90901, 0, 0, 0, 0, 0],
  ];

  test('are those of the original weights within 0.05, where the largest is 6', () => {
    const pictures = tf.div(tf.tensor(Float32Array.from(waves(2, 64)), [2, 64, 64, 3]), 255);
    const features = predicted(only({ side: 64 }), pictures);
    reference.forEach((values, picture) => {
      const own = values.map((_, at) => features[picture * 1280 + 64 * at] ?? NaN);
      expect(furthest(own, values)).toBeLessThan(0.05);
    });
  });

  test('do not depend on how the preparation scaled the pixels, and see grey as equal channels', () => {
    const grey = tf.randomUniform([2, 20, 30, 1], 0, 1, 'float32', 3);
    const colours = tf.tile(grey, [1, 1, 1, 3]);
    const plain = predicted(only({ side: 32 }), colours);
    expect(furthest(predicted(only({ side: 32 }), grey), plain)).toBeLessThan(1e-4);
    const normalization = { mean: [0.4, 0.5, 0.6], deviation: [0.2, 0.3, 0.25] };
    const moved = tf.div(tf.sub(colours, normalization.mean), normalization.deviation);
    expect(furthest(predicted(only({ side: 32 }), moved, normalization), plain)).toBeLessThan(1e-3);
  });

  test.each([
    ['frozen', 0, 3_350_000, [1280]],
    ['last', 2_434_688, 915_312, [2, 2, 192]],
  ])('%s: the frozen part, once, and the rest give what the whole gives', async (trained, trainable, fixed, shape) => {
    const network = classifier({ side: 64, trained });
    const checked = checkNetwork(network, [64, 64, 3], 3);
    expect(checked.layers[0]?.parameters).toEqual({ trainable, fixed });
    const start = frozenStart(network, [64, 64, 3])!;
    expect(start.shape).toEqual(shape);
    const data = { inputShape: [64, 64, 3], inputs: waves(3, 64), scale: 1 / 255 };
    const before = tf.memory().numTensors;
    const features: number[] = [];
    for await (const some of frozenFeatures(tf, start, source(), data, rows)) features.push(...some);
    expect(tf.memory().numTensors).toBe(before);
    const pictures = tf.div(tf.tensor(Float32Array.from(data.inputs), [3, 64, 64, 3]), 255);
    const rest = buildModel(tf, start.rest, start.shape, 3, 1, source());
    const whole = buildModel(tf, network, [64, 64, 3], 3, 1, source());
    setModelWeights(tf, whole, await toBytes(modelWeights(rest)));
    const [one, other] = [rest.predict(tf.tensor(features, [3, ...shape])), whole.predict(pictures)];
    const valuesOf = (output: unknown) => (output as tensorflow.Tensor).dataSync();
    expect(furthest(valuesOf(one), valuesOf(other))).toBeLessThan(1e-3);
  });

  test('of changed copies are those of the changed pictures, each place with changes of its own', async () => {
    const network = classifier({ side: 32 });
    const data = { inputShape: [8, 8, 3], inputs: waves(2, 8), scale: 1 / 255 };
    const featuresOf = async (rows: number[], probability?: number, inputs = data.inputs) => {
      const chosen = probability === undefined ? [] : [{ type: 'flip', fields: { probability } }];
      const augmentation = augmentationOf({ augmentation: chosen, seed: 1 });
      const found: number[] = [];
      const all = frozenFeatures(
        tf,
        frozenStart(network, [8, 8, 3])!,
        source(),
        { ...data, inputs },
        Int32Array.from(rows),
        augmentation,
      );
      for await (const some of all) found.push(...some);
      return rows.map((_, place) => found.slice(1280 * place, 1280 * (place + 1)));
    };
    const mirror = data.inputs.map((_, at) => {
      const [start, x, channel] = [at - (at % 24), Math.floor((at % 24) / 3), at % 3];
      return data.inputs[start + (7 - x) * 3 + channel] ?? NaN;
    });
    const [mirrored, plain] = [await featuresOf([1, 0], undefined, mirror), await featuresOf([0])];
    const flipped = await featuresOf([1, 1, 0], 1);
    expect(furthest(flipped.flat(), [mirrored[0], mirrored[0], mirrored[1]].flat() as number[])).toBeLessThan(1e-3);
    const sides = (
      await featuresOf(
        Array.from({ length: 16 }, () => 0),
        0.5,
      )
    ).map((copy) => {
      return [plain[0], mirrored[1]].findIndex((one) => furthest(copy, one!) < 1e-3);
    });
    expect(new Set(sides)).toEqual(new Set([0, 1]));
  });

  test('belong to a network that lets all of it be trained, or uses the data elsewhere too, in no part', () => {
    const all = checkNetwork(classifier({ trained: 'all' }), [64, 64, 3], 3);
    expect(all.layers[0]?.parameters).toEqual({ trainable: 3_350_000, fixed: 0 });
    expect(frozenStart(classifier({ trained: 'all' }), [64, 64, 3])).toBeNull();
    const [seen, answer] = classifier({}).layers;
    const beside = { id: 'beside', type: 'flatten', fields: {}, inputs: [dataSource] };
    const both = { id: 'both', type: 'concatenate', fields: {}, inputs: ['seen', 'beside'] };
    expect(frozenStart({ layers: [seen!, beside, both, answer!] }, [64, 64, 3])).toBeNull();
  });
});

/** Every kind of convolution and block that the large network has, few of each: its gradients alone take 18 s to compile. */
function smallOptions(): StepOptions {
  const stages = [
    { expansion: 1, filters: 4, window: 3, stride: 1, repeats: 1 },
    { expansion: 6, filters: 6, window: 5, stride: 2, repeats: 2 },
  ];
  const edges = [convolution(3, 2, 3, 8), convolution(1, 1, 6, 16)].map((one) => ({
    convolutions: [one],
    adds: false,
  }));
  const blocks = [...edges.slice(0, 1), ...invertedResiduals(stages, 8), ...edges.slice(1)];
  const stack = { blocks, lastBlocks: 1, pixels: { mean: 127, deviation: 128 }, side: 32 };
  const weights = Float32Array.from({ length: countWeights(blocks) }, (_, at) => Math.sin(at * at) / 3);
  const given = { file: '', sha256: '', frozen: () => null };
  const values = { side: 32, trained: 'all', copies: 1, rate: 0.5 } as const;
  const context = {
    name: 'seen',
    seed: 1,
    inputShape: [32, 32, 3],
    pretrained: { normalization: null, read: () => weights },
  };
  const seen = pictureStackLayer(tf, context, { className: 'SmallStack', stack, weights: given, values });
  const kernelInitializer = tf.initializers.glorotNormal({ seed: 1 });
  return stepOptions(
    tf.sequential({ layers: [seen, tf.layers.dense({ units: 3, name: 'answer', kernelInitializer })] }),
  );
}

function optionsOf(fields: FieldValues): StepOptions {
  return stepOptions(buildModel(tf, classifier({ side: 32, ...fields }), [32, 32, 3], 3, 1, source()));
}

function stepOptions(model: tensorflow.LayersModel): StepOptions {
  return {
    tf,
    model,
    data: {
      inputShape: [32, 32, 3],
      inputs: waves(3, 32),
      scale: 1 / 255,
      targets: Int32Array.of(0, 1, 2),
      targetScale: { mean: 0, standardDeviation: 1 },
    },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale: { mean: 0, standardDeviation: 1 },
    optimizer: { definition: optimizers.get('sgd'), fields: {} },
    learningRate: 0.001,
  };
}

const compile = (options: StepOptions) =>
  new CompiledStep(options, tf.backend() as unknown as BindingHolder, [options.data.targets.length]);
const rows = Int32Array.of(0, 1, 2);

describe('training', () => {
  // Gradients of some kernels are nearly nothing: there a rounding of the weights' seventh digit alone
  // moves single values by 1 to 30 % of their step, eager too. So weights are compared by their size, not by their steps.
  test('compiled steps of all of a network equal eager ones, losses and weights within 1e-4', async () => {
    const [eager, compiled] = [new EagerStep(smallOptions()), compile(smallOptions())];
    for (let turn = 0; turn < 2; turn += 1) for (const step of [eager, compiled]) step.train(rows);
    const [a, b] = [eager.takeSums().steps, compiled.takeSums().steps];
    a.forEach(({ loss }, at) => expect(Math.abs((b[at]?.loss ?? NaN) / loss - 1)).toBeLessThan(1e-4));
    expect(a.at(-1)?.loss).toBeLessThan(a[0]?.loss ?? NaN);
    const [one, other] = [await eager.readState(), await compiled.readState()];
    expect(other.manifest).toEqual(one.manifest);
    const [first, second] = [one, other].map(({ tensors, manifest }) => fromBytes(tensors, manifest));
    first?.forEach((values, at) => {
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
      expect(furthest(values, second?.[at] ?? []) / largest).toBeLessThan(1e-4);
    });
    expect(Math.abs(compiled.evaluate(rows).loss / eager.evaluate(rows).loss - 1)).toBeLessThan(1e-4);
    for (const step of [eager, compiled]) step.dispose();
  }, 60_000);

  test('its own share of the learning rate moves its weights that much less, and the others as much', () => {
    const moves = [1, 0.1].map((rate) => {
      const options = { ...optionsOf({ trained: 'last', rate }), learningRate: 0.1 };
      const before = modelWeights(options.model).map(({ tensor }) => tensor.clone());
      const step = new EagerStep(options);
      step.train(rows);
      const moved = modelWeights(options.model).map(({ tensor }, at) => {
        return tf.sum(tf.abs(tf.sub(tensor, before[at] ?? 0))).dataSync()[0] ?? NaN;
      });
      step.dispose();
      return moved;
    });
    const shares = moves[0]?.map((moved, at) => (moves[1]?.[at] ?? NaN) / moved) ?? [];
    for (const share of shares.slice(0, -2)) expect(share).toBeCloseTo(0.1, 2);
    for (const share of shares.slice(-2)) expect(share).toBeCloseTo(1, 3);
  });
});

test('weights that are missing or not the ones that were meant are said so', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-pretrained-'));
  const build = () => buildModel(tf, only({ side: 32 }), [32, 32, 3], 1280, 1, pretrainedFrom(folder));
  expect(build).toThrow(expect.objectContaining({ code: 'pretrained-unreadable' }));
  const path = join(folder, pretrainedOf(only({}))[0]!.pretrained.file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'something else');
  expect(build).toThrow('sha256');
  rmSync(folder, { recursive: true });
});
