/**
 * The reference step: every operation is a call of its own, on any backend. Loss and metrics stay on the device until
 * `takeSums`, so that a step waits for no download.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { applyNetwork } from './apply-network';
import { parseFields, type OptimizerDefinition } from '../catalog';
import { CodedError, type FieldValues } from '../contract';
import { evaluationRows } from './evaluation-rows';
import { learningRateGroups } from './learning-rate-groups';
import { metricSums, penaltyOf, trainingPass, type Measures, type TrainingRules } from './measure';
import { stepRandom } from './step-random';
import type { Step, StepLoss, StepState, Sums, TrainedSums } from './step';
import type { TensorFlow } from './tf';
import {
  BatchCutter,
  batchTargets,
  batchWeights,
  residentInputs,
  streamedInputs,
  type TrainingData,
} from './training-data';
import { fromBytes, manifestOf, modelWeights, ownWeights, toBytes, type Manifest, type NamedTensor } from './weights';

export interface StepOptions extends Measures, TrainingRules {
  readonly tf: TensorFlow;
  readonly model: tensorflow.LayersModel;
  readonly data: TrainingData;
  readonly optimizer: { readonly definition: OptimizerDefinition; readonly fields: FieldValues };
  readonly learningRate: number;
}

type Slots = Readonly<Record<string, tensorflow.Tensor>>;
type Weight = tensorflow.LayersModel['trainableWeights'][number];

/** A trainable weight with the optimizer's state for it. */
interface Trained {
  readonly weight: Weight;
  readonly variable: tensorflow.Variable;
  /** What the learning rate is multiplied by for it. */
  readonly factor: number;
  slots: Slots;
}

export class EagerStep implements Step {
  readonly waiting = 0;
  readonly evaluationRows: number;
  readonly #options: StepOptions;
  readonly #fields: ReturnType<typeof parseFields>;
  readonly #cutter: BatchCutter;
  readonly #trained: readonly Trained[];
  /** `[1 + metrics]` per step: mean loss, then metric sums. */
  #pending: { readonly examples: number; readonly step: number; readonly measured: tensorflow.Tensor1D }[] = [];
  #step = 0;

  constructor(options: StepOptions) {
    const { tf, model, optimizer, data } = options;
    this.#options = options;
    this.evaluationRows = evaluationRows(model);
    this.#fields = parseFields(optimizer.definition.fields, optimizer.fields, optimizer.definition.label.en);
    this.#cutter = new BatchCutter({ ...data, inputs: residentInputs(data) ?? data.inputs });
    const names = optimizer.definition.slots(this.#fields);
    const { factors, groupOf } = learningRateGroups(model);
    this.#trained = model.trainableWeights.map((weight, index) => ({
      weight,
      factor: factors[groupOf[index] ?? 0] ?? 1,
      // A layer's weight reads as its variable itself.
      variable: weight.read() as tensorflow.Variable,
      slots: Object.fromEntries(names.map((name) => [name, tf.keep(tf.zeros(weight.read().shape))])),
    }));
  }

  get step(): number {
    return this.#step;
  }

  expect(order: Int32Array, batchSize: number): void {
    streamedInputs(this.#options.data)?.expect(order, batchSize);
  }

  train(indices: Int32Array, learningRate = this.#options.learningRate): void {
    const { tf, data } = this.#options;
    const step = this.#step++;
    const measured = tf.tidy(() => {
      const input = this.#cutter.inputs(tf, indices);
      const target = batchTargets(tf, data, indices, input);
      const batch = { input, target, weights: batchWeights(tf, data, indices) };
      const variables = this.#trained.map(({ variable }) => variable);
      const { value, grads, targets, output } = trainingPass(this.#options, variables, batch, stepRandom(tf, step));
      this.#update(grads, learningRate);
      const sums = metricSums(tf, this.#options, targets, output);
      output.dispose();
      return tf.keep(tf.stack([value, ...sums]).as1D());
    });
    this.#pending.push({ examples: indices.length, step: this.#step, measured });
  }

  takeSums(): TrainedSums {
    const { tf, metrics } = this.#options;
    const pending = this.#pending;
    this.#pending = [];
    const width = 1 + metrics.length;
    const values = pending.length === 0 ? [] : tf.tidy(() => tf.stack(pending.map((one) => one.measured)).dataSync());
    tf.dispose(pending.map((one) => one.measured));
    const steps: StepLoss[] = pending.map(({ examples, step }, i) => ({
      step,
      examples,
      loss: values[i * width] ?? NaN,
      metrics: metrics.map((_, m) => values[i * width + 1 + m] ?? NaN),
    }));
    return {
      steps,
      examples: steps.reduce((sum, one) => sum + one.examples, 0),
      loss: steps.reduce((sum, one) => sum + one.loss * one.examples, 0),
      metrics: metrics.map((_, m) => steps.reduce((sum, one) => sum + (one.metrics[m] ?? NaN), 0)),
    };
  }

  evaluate(indices: Int32Array): Sums {
    const { tf, model, loss, metrics, data } = this.#options;
    const values = tf.tidy(() => {
      const input = this.#cutter.inputs(tf, indices);
      const target = batchTargets(tf, data, indices, input);
      const output = applyNetwork(tf, { model, data }, input, false);
      const sums = metricSums(tf, this.#options, [{ target }], output);
      const penalty = penaltyOf(tf, model);
      return tf.stack([tf.sum(loss.perExample(tf, target, output)), penalty ?? tf.scalar(0), ...sums]).dataSync();
    });
    return {
      examples: indices.length,
      loss: (values[0] ?? NaN) + (values[1] ?? NaN) * indices.length,
      metrics: metrics.map((_, m) => values[m + 2] ?? NaN),
    };
  }

  async readState(): Promise<StepState> {
    const tensors = this.#stateTensors();
    return { step: this.#step, manifest: manifestOf(tensors), tensors: await toBytes(tensors) };
  }

  writeState(state: StepState): void {
    const { tf, model } = this.#options;
    const manifest = manifestOf(this.#stateTensors());
    if (JSON.stringify(manifest) !== JSON.stringify(state.manifest)) {
      throw new CodedError('unexpected', { detail: 'the checkpoint belongs to another network or optimizer' });
    }
    const arrays = fromBytes(state.tensors, manifest);
    const tensors = manifest.map(({ shape }, i) => tf.tensor(arrays[i] ?? [], [...shape], 'float32'));
    const weights = ownWeights(model);
    for (const [i, weight] of weights.entries()) {
      const tensor = tensors[i];
      if (tensor) weight.write(tensor);
      tensor?.dispose();
    }
    let next = weights.length;
    for (const trained of this.#trained) {
      const names = Object.keys(trained.slots);
      tf.dispose(Object.values(trained.slots));
      trained.slots = Object.fromEntries(names.map((name) => [name, tf.keep(tensors[next++] ?? tf.scalar(NaN))]));
    }
    this.#step = state.step;
  }

  async readWeights(): Promise<{ manifest: Manifest; weights: Uint8Array }> {
    const tensors = modelWeights(this.#options.model);
    return { manifest: manifestOf(tensors), weights: await toBytes(tensors) };
  }

  dispose(): void {
    const { tf, model } = this.#options;
    tf.dispose(this.#pending.map((one) => one.measured));
    this.#pending = [];
    for (const trained of this.#trained) tf.dispose(Object.values(trained.slots));
    model.dispose();
  }

  #update(gradients: tensorflow.NamedTensorMap, learningRate: number): void {
    const { tf, optimizer } = this.#options;
    for (const trained of this.#trained) {
      const { variable, slots, weight, factor } = trained;
      const gradient = gradients[variable.name];
      // A weight that the loss does not depend on has none, and stays.
      if (!gradient) continue;
      const step = { variable, gradient, slots, learningRate: learningRate * factor, step: this.#step };
      const updated = optimizer.definition.update(tf, step, this.#fields);
      weight.write(updated.variable);
      tf.dispose(Object.values(slots));
      for (const slot of Object.values(updated.slots)) tf.keep(slot);
      trained.slots = updated.slots;
    }
  }

  #stateTensors(): NamedTensor[] {
    const slots = this.#trained.flatMap(({ weight, slots }) =>
      Object.entries(slots).map(([name, tensor]) => ({ name: `${weight.originalName}/${name}`, tensor })),
    );
    return [...modelWeights(this.#options.model), ...slots];
  }
}
