/**
 * The pretrained network for sounds: its embeddings against onnxruntime's of the ONNX file that its weights were taken out of,
 * frozen part and rest against the whole, compiled training against eager.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkNetwork, frozenStart, losses, metrics, optimizers, spectrograms } from '../catalog';
import reference from '../catalog/fixtures/speech-embedding.json';
import type { FieldValues, NetworkSpec } from '../contract';
import { buildModel } from './build';
import { CompiledStep } from './compile/compiled-step';
import type { BindingHolder } from './compile/recorder';
import { EagerStep, type StepOptions } from './eager-step';
import { frozenFeatures } from './features';
import { pretrainedFrom } from './pretrained';
import { loadTensorFlow, type TensorFlow } from './tf';
import { modelWeights, setModelWeights, toBytes } from './weights';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow());
});

const source = pretrainedFrom('resources');
const [frames, bands] = [92, 32];
const shape = [frames, bands, 1];
const rows = reference.spectrograms.length;

const only = (fields: FieldValues): NetworkSpec => ({ layers: [{ id: 'hear', type: 'speech-embedding', fields }] });
const classifier = (fields: FieldValues): NetworkSpec => ({
  layers: [...only(fields).layers, { id: 'answer', type: 'dense', fields: { units: 3, activation: 'linear' } }],
});

/** The spectrograms that the reference was computed of, standardized as the preparation gives them. */
function inputsOf(): Float32Array {
  const { mean, standardDeviation } = spectrograms.get('speech-embedding').standard!;
  return Float32Array.from({ length: rows * frames * bands }, (_, at) => {
    const { bend } = reference.spectrograms[Math.floor(at / (frames * bands))]!;
    const [frame, band] = [Math.floor(at / bands) % frames, at % bands];
    const value = 5 + 3 * Math.sin(0.13 * frame + 0.41 * band) + 2 * Math.sin(bend * frame * band);
    return ((value - 2) * Math.LN10 - mean) / standardDeviation;
  });
}

/** The mean over the windows of one of the reference's spectrograms. */
function meanOf(row: number): number[] {
  const { embeddings } = reference.spectrograms[row]!;
  return embeddings[0]!.map((_, at) => embeddings.reduce((sum, one) => sum + one[at]!, 0) / embeddings.length);
}

/** The largest difference between two lists. */
function furthest(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length);
  return Array.from(one).reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? NaN))), 0);
}

const valuesOf = (output: unknown) => (output as tensorflow.Tensor).dataSync<'float32'>();

describe('embeddings', () => {
  // Values go to ±80; both sides compute in 32 bits, in another order.
  test('are the mean of onnxruntime’s over all windows within 5e-4', () => {
    const model = buildModel(tf, only({}), shape, 96, 1, source);
    const embeddings = valuesOf(model.predict(tf.tensor(inputsOf(), [rows, ...shape])));
    for (let row = 0; row < rows; row += 1) {
      expect(furthest(embeddings.subarray(row * 96, (row + 1) * 96), meanOf(row))).toBeLessThan(5e-4);
    }
    model.dispose();
  });

  test.each([
    ['frozen', 0, 328_128, [96]],
    ['last', 138_624, 189_504, [14, 2, 96]],
  ])('%s: the frozen part, once, and the rest give what the whole gives', async (trained, trainable, fixed, given) => {
    const network = classifier({ trained });
    expect(checkNetwork(network, shape, 3).layers[0]?.parameters).toEqual({ trainable, fixed });
    const start = frozenStart(network, shape)!;
    expect(start.shape).toEqual(given);
    const data = { inputShape: shape, inputs: inputsOf(), scale: 1 };
    const before = tf.memory().numTensors;
    const features: number[] = [];
    for await (const some of frozenFeatures(
      tf,
      start,
      source,
      data,
      Int32Array.from({ length: rows }, (_, row) => row),
    ))
      features.push(...some);
    expect(tf.memory().numTensors).toBe(before);
    const rest = buildModel(tf, start.rest, start.shape, 3, 1, source);
    const whole = buildModel(tf, network, shape, 3, 1, source);
    setModelWeights(tf, whole, await toBytes(modelWeights(rest)));
    const one = rest.predict(tf.tensor(features, [rows, ...given]));
    const other = whole.predict(tf.tensor(data.inputs, [rows, ...shape]));
    expect(furthest(valuesOf(one), valuesOf(other))).toBeLessThan(5e-4);
    for (const model of [rest, whole]) model.dispose();
  });
});

function optionsOf(trained: string): StepOptions {
  return {
    tf,
    model: buildModel(tf, classifier({ trained }), shape, 3, 1, source),
    data: {
      inputShape: shape,
      inputs: inputsOf(),
      scale: 1,
      targets: Int32Array.from({ length: rows }, (_, row) => row % 3),
      targetScale: { mean: 0, standardDeviation: 1 },
    },
    loss: losses.get('cross-entropy'),
    metrics: [metrics.get('accuracy')],
    targetScale: { mean: 0, standardDeviation: 1 },
    optimizer: { definition: optimizers.get('sgd'), fields: {} },
    learningRate: 1e-4,
  };
}

// The third loss is what two updates of all weights made of it: a wrong gradient shows.
test('compiled steps of all of it lose what eager ones do, within 1e-4, and less from step to step', () => {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const lossesOf = (step: EagerStep | CompiledStep) => {
    for (let turn = 0; turn < 3; turn += 1) step.train(all);
    const { steps: taken } = step.takeSums();
    step.dispose();
    return taken.map(({ loss }) => loss);
  };
  const eager = lossesOf(new EagerStep(optionsOf('all')));
  const binding = tf.backend() as unknown as BindingHolder;
  const compiled = lossesOf(new CompiledStep(optionsOf('all'), binding, [rows]));
  expect(eager).toEqual([...eager].sort((one, other) => other - one));
  eager.forEach((loss, at) => expect(Math.abs((compiled[at] ?? NaN) / loss - 1)).toBeLessThan(1e-4));
}, 60_000);
