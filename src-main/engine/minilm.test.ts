/**
 * The pretrained network for texts: its embeddings against onnxruntime's of the ONNX file that its weights were taken out of,
 * frozen part and rest against the whole, compiled training against eager. The weights are read once for all.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkNetwork, frozenStart, losses, metrics, optimizers } from '../catalog';
import { wordPieces } from '../catalog/word-pieces';
import type { FieldValues, NetworkSpec } from '../contract';
import { augmentationOf, augmented } from './augment';
import { buildModel } from './build';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { frozenFeatures } from './features';
import reference from './minilm-reference.json';
import { pretrainedFrom } from './pretrained';
import { stepRandom } from './step-random';
import { loadTensorFlow, type TensorFlow } from './tf';
import { modelWeights, setModelWeights, toBytes } from './weights';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const source = pretrainedFrom('resources');
const { sentences } = reference;
const steps = 48;
const only = (fields: FieldValues): NetworkSpec => ({ layers: [{ id: 'read', type: 'minilm-l6', fields }] });
const classifier = (fields: FieldValues): NetworkSpec => ({
  layers: [...only(fields).layers, { id: 'answer', type: 'dense', fields: { units: 3, activation: 'linear' } }],
});

/** Codes of the sentences, each filled up with zeros. */
function codesOf(length: number): Float32Array {
  const codes = new Float32Array(sentences.length * length);
  sentences.forEach(({ text }, row) => codes.set(wordPieces(text, length), row * length));
  return codes;
}

/** The largest difference between two lists. */
function furthest(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length);
  return Array.from(one).reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? NaN))), 0);
}

const valuesOf = (output: unknown) => (output as tensorflow.Tensor).dataSync<'float32'>();

describe('embeddings', () => {
  // The file's weights have 8 bits, its arithmetic has 32: both sides compute the same, and the reference has six digits.
  test('are those of onnxruntime within 1e-5, whatever the padding, and zero where nothing stands', () => {
    const model = buildModel(tf, only({}), [steps], 384, 1, source);
    const input = tf.tensor2d(codesOf(steps), [sentences.length, steps]);
    const embeddings = valuesOf(model.predict(tf.concat([input, tf.zeros([1, steps])]) as tensorflow.Tensor));
    sentences.forEach(({ embedding }, row) => {
      expect(furthest(embeddings.subarray(row * 384, (row + 1) * 384), embedding)).toBeLessThan(1e-5);
    });
    expect(furthest(embeddings.subarray(sentences.length * 384), new Float32Array(384))).toBe(0);
    model.dispose();
  });

  test.each([
    ['frozen', 0, 22_562_688, [384]],
    ['last', 3_548_160, 19_014_528, [steps, 384]],
  ])('%s: the frozen part, once, and the rest give what the whole gives', async (trained, trainable, fixed, shape) => {
    const network = classifier({ trained });
    expect(checkNetwork(network, [steps], 3, 30_522).layers[0]?.parameters).toEqual({ trainable, fixed });
    const start = frozenStart(network, [steps])!;
    expect(start.shape).toEqual(shape);
    const data = { inputShape: [steps], inputs: codesOf(steps), scale: 1 };
    const before = tf.memory().numTensors;
    const features: number[] = [];
    for await (const some of frozenFeatures(tf, start, source, data, Int32Array.from(sentences.keys())))
      features.push(...some);
    expect(tf.memory().numTensors).toBe(before);
    const rest = buildModel(tf, start.rest, start.shape, 3, 1, source);
    const whole = buildModel(tf, network, [steps], 3, 1, source);
    setModelWeights(tf, whole, await toBytes(modelWeights(rest)));
    const one = rest.predict(tf.tensor(features, [sentences.length, ...shape]));
    const other = whole.predict(tf.tensor2d(data.inputs, [sentences.length, steps]));
    expect(furthest(valuesOf(one), valuesOf(other))).toBeLessThan(1e-5);
    for (const model of [rest, whole]) model.dispose();
  });
});

// Each text twice, as changed copies are kept: what is hidden is 0 in the middle of a text, where padding only ends one.
test('hidden words: a copy has the embedding of the text without them, each copy its own, drawn again alike', async () => {
  const network = only({});
  const start = frozenStart({ layers: [...network.layers, ...classifier({}).layers.slice(1)] }, [steps])!;
  const hidden = augmentationOf({ augmentation: [{ type: 'word-dropout', fields: { share: 0.3 } }], seed: 5 })!;
  const data = { inputShape: [steps], inputs: codesOf(steps), scale: 1 };
  const twice = Int32Array.from({ length: 2 * sentences.length }, (_, at) => at >> 1);
  const made = async (augmentation = hidden) => {
    const all: number[] = [];
    for await (const some of frozenFeatures(tf, start, source, data, twice, augmentation)) all.push(...some);
    return all;
  };
  const copies = await made();
  expect(await made()).toEqual(copies);
  expect(await made({ ...hidden, seed: 6 })).not.toEqual(copies);

  const codes = tf.tidy(() => {
    const inputs = tf.gather(tf.tensor2d(data.inputs, [sentences.length, steps]), tf.tensor1d(twice, 'int32'));
    return tf.keep(augmented(tf, { inputs, targets: [] }, hidden, stepRandom(tf, 0)).inputs);
  });
  const [given, kept] = [codesOf(steps), codes.dataSync<'float32'>()];
  const count = (some: ArrayLike<number>) => Array.from(some).filter((code) => code > 0).length;
  expect(count(kept) / (2 * count(given))).toBeGreaterThan(0.5);
  expect(count(kept) / (2 * count(given))).toBeLessThan(0.9);
  const whole = buildModel(tf, network, [steps], 384, 1, source);
  expect(furthest(valuesOf(whole.predict(codes)), copies)).toBeLessThan(1e-5);
  for (let text = 0; text < sentences.length; text += 1) {
    const [one, other] = [0, 1].map((copy) => copies.slice((2 * text + copy) * 384, (2 * text + copy + 1) * 384));
    expect(furthest(one!, other!)).toBeGreaterThan(0.001);
    expect(furthest(one!, sentences[text]!.embedding)).toBeGreaterThan(0.001);
  }
  whole.dispose();
});

function optionsOf(trained: string): StepOptions {
  return {
    tf,
    model: buildModel(tf, classifier({ trained }), [16], 3, 1, source),
    data: {
      inputShape: [16],
      inputs: codesOf(16),
      scale: 1,
      targets: Int32Array.from(sentences, (_, row) => row % 3),
      targetScale: { mean: 0, standardDeviation: 1 },
    },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale: { mean: 0, standardDeviation: 1 },
    optimizer: { definition: optimizers.get('sgd'), fields: {} },
    learningRate: 0.1,
  };
}

// The third loss is what two updates of all weights made of it, tables and all: a wrong gradient shows.
test('compiled steps of all of it lose what eager ones do, within 1e-4, and less from step to step', () => {
  const rows = Int32Array.from(sentences.keys());
  const lossesOf = (step: EagerStep | CompiledStep) => {
    for (let turn = 0; turn < 3; turn += 1) step.train(rows);
    const { steps: taken } = step.takeSums();
    step.dispose();
    return taken.map(({ loss }) => loss);
  };
  const eager = lossesOf(new EagerStep(optionsOf('all')));
  const binding = tf.backend() as unknown as BindingHolder;
  const compiled = lossesOf(new CompiledStep(optionsOf('all'), binding, [sentences.length]));
  expect(eager).toEqual([...eager].sort((one, other) => other - one));
  eager.forEach((loss, at) => expect(Math.abs((compiled[at] ?? NaN) / loss - 1)).toBeLessThan(1e-4));
}, 60_000);
