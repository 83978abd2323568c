/**
 * Reads a network in training on a few fixed examples: what it says of them, where they lie in its last hidden layer, and per
 * layer its weights, gradients and activations. It computes eagerly with the step's weights copied into the step's model, whose
 * own ones a compiled step does not use: what is trained is bit by bit the same with and without it.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { squaredErrors, type LossDefinition, type TaskDefinition } from '../../catalog';
import { classAnswerWidth, placeAxes, type LayerReading, type NetworkSpec } from '../../contract';
import { applyNetwork } from '../apply-network';
import { penaltyOf } from '../measure';
import type { TensorFlow } from '../tf';
import { BatchCutter, batchTargets, type TrainingData } from '../training-data';
import { fromBytes, manifestOf, modelWeights, setModelWeights } from '../weights';
import { tapped, type Made, type Tap, type TappedModel } from './layer-taps';
import { principalPlaces, turnTowards } from './principal-axes';
import { weightStatistics } from './weight-statistics';

export interface ProbeOptions {
  readonly tf: TensorFlow;
  /** The step's. */
  readonly model: tensorflow.LayersModel;
  readonly network: NetworkSpec;
  readonly data: TrainingData;
  readonly loss: LossDefinition;
  readonly task: TaskDefinition;
  readonly rows: Int32Array;
  /** As the step's `readWeights` gives them, before anything is trained in this process. */
  readonly weights: Uint8Array;
  /** Of the reading before, where the run goes on. */
  readonly places: Float32Array | null;
}

export interface ProbeMeasures {
  readonly layers: LayerReading[];
  /** As in a `ProbeReading`, but of numbers as the network says them, put back by the data's scale alone. */
  readonly answers: Float32Array<ArrayBuffer>;
  readonly places: Float32Array<ArrayBuffer>;
}

interface Downloaded {
  /** By tap: mean, deviation, share of dead units. */
  readonly activations: Float32Array;
  /** By tap: squared norm. */
  readonly gradients: Float32Array;
  readonly gram: Float32Array;
  readonly answers: Float32Array<ArrayBuffer>;
}

export class NetworkProbe {
  readonly #options: ProbeOptions;
  readonly #cutter: BatchCutter;
  readonly #tapped: TappedModel;
  #before: readonly Float32Array[];
  #places: Float32Array | null;

  constructor(options: ProbeOptions) {
    this.#options = options;
    this.#cutter = new BatchCutter(options.data);
    this.#tapped = tapped(options.tf, options.model, options.network);
    this.#before = this.#arraysOf(options.weights);
    this.#places = options.places;
  }

  /** @param weights as the step's `readWeights` gives them. @throws Error TensorFlow's own, as where memory runs out. */
  read(weights: Uint8Array): ProbeMeasures {
    const { tf, model, rows } = this.#options;
    setModelWeights(tf, model, weights);
    const found = tf.tidy(() => ({ ...this.#pass() }));
    const now = this.#arraysOf(weights);
    const layers = this.#tapped.taps.map((tap, index) => this.#reading(tap, index, found, now));
    this.#before = now;
    const places = principalPlaces(found.gram, rows.length, placeAxes, this.#places);
    if (this.#places) turnTowards(places, this.#places, placeAxes);
    this.#places = places;
    return { layers, answers: found.answers, places };
  }

  #arraysOf(weights: Uint8Array): Float32Array[] {
    return fromBytes(weights, manifestOf(modelWeights(this.#options.model)));
  }

  #reading(tap: Tap, index: number, found: Downloaded, now: readonly Float32Array[]): LayerReading {
    const at = (of: readonly Float32Array[]) => tap.weights.map(({ place }) => of[place] ?? new Float32Array());
    const [mean, deviation, dead] = [0, 1, 2].map((column) => finite(found.activations[index * 3 + column]));
    const gradient = finite(Math.sqrt(found.gradients[index] ?? NaN));
    return {
      layer: tap.layer,
      weights: tap.weights.length > 0 ? { ...weightStatistics(at(now), at(this.#before)), gradient } : null,
      mean: mean ?? 0,
      deviation: deviation ?? 0,
      dead: tap.isRectified ? (dead ?? 0) : null,
    };
  }

  /** Forward and backward once. Call inside `tf.tidy`. */
  #pass(): Downloaded {
    const { tf, model, data, loss, rows } = this.#options;
    const input = this.#cutter.inputs(tf, rows);
    const target = batchTargets(tf, data, rows, input);
    const kept: { made?: Made } = {};
    const forward = () => {
      const made = this.#tapped.apply((whole) => applyNetwork(tf, { model: whole, data }, input, false));
      for (const tensor of tensorsOf(made)) tf.keep(tensor);
      kept.made = made;
      const mean: tensorflow.Scalar = tf.mean(loss.perExample(tf, target, made.output));
      const penalty = penaltyOf(tf, model);
      return penalty ? tf.add<tensorflow.Scalar>(mean, penalty) : mean;
    };
    try {
      const variables = this.#tapped.taps.flatMap(({ weights }) => weights.map(({ weight }) => variableOf(weight)));
      const grads = variables.length > 0 ? tf.variableGrads(forward, variables).grads : (forward(), {});
      if (!kept.made) throw new Error('The network was not run');
      const { output, hidden, layers } = kept.made;
      return {
        activations: tf
          .stack(layers.flatMap((tensor, index) => this.#activations(tensor, index)))
          .dataSync<'float32'>(),
        gradients: tf.stack(this.#tapped.taps.map((tap) => squaredNorm(tf, tap, grads))).dataSync<'float32'>(),
        gram: gramOf(tf, hidden),
        answers: this.#answers(output, input, target),
      };
    } finally {
      if (kept.made) tf.dispose(tensorsOf(kept.made).filter((tensor) => tensor !== input));
    }
  }

  #activations(made: tensorflow.Tensor, index: number): tensorflow.Tensor[] {
    const { tf } = this.#options;
    const { mean, variance } = tf.moments(tf.cast(made, 'float32'));
    const isRectified = this.#tapped.taps[index]?.isRectified ?? false;
    const highest = isRectified ? tf.max(made, [...made.shape.keys()].slice(0, -1)) : null;
    return [mean, tf.sqrt(variance), highest ? tf.mean(tf.cast(tf.lessEqual(highest, 0), 'float32')) : tf.scalar(0)];
  }

  #answers(output: tensorflow.Tensor, input: tensorflow.Tensor, target: tensorflow.Tensor): Float32Array<ArrayBuffer> {
    const { tf, task, data } = this.#options;
    if (task.target === 'reconstruction') return Float32Array.from(squaredErrors(tf, input, output).dataSync());
    const decoded = task.decode(tf, output);
    if (task.target === 'classes') return classAnswers(decoded.dataSync(), target.dataSync(), decoded.shape[1] ?? 1);
    const { mean, standardDeviation } = data.targetScale;
    const first = tf.slice(decoded, [0, 0], [-1, 1]);
    return Float32Array.from(tf.add(tf.mul(first, standardDeviation), mean).dataSync());
  }
}

function tensorsOf({ output, hidden, layers }: Made): tensorflow.Tensor[] {
  return [output, hidden, ...layers];
}

/** A layer's weight reads as its variable itself. */
function variableOf(weight: Tap['weights'][number]['weight']): tensorflow.Variable {
  return weight.read() as tensorflow.Variable;
}

function squaredNorm(tf: TensorFlow, { weights }: Tap, grads: tensorflow.NamedTensorMap): tensorflow.Tensor {
  const own = weights.flatMap(({ weight }) => grads[variableOf(weight).name] ?? []);
  return own.length === 0 ? tf.scalar(0) : tf.addN(own.map((gradient) => tf.sum(tf.square(gradient))));
}

/** Products of all pairs of examples, each taken from their mean. */
function gramOf(tf: TensorFlow, hidden: tensorflow.Tensor): Float32Array {
  const flat = tf.reshape(tf.cast(hidden, 'float32'), [hidden.shape[0] ?? 0, -1]);
  const centred = tf.sub(flat, tf.mean(flat, 0, true));
  return tf.matMul(centred, centred, false, true).dataSync<'float32'>();
}

/** Per example the class that is likeliest, its probability, and that of the true class. */
function classAnswers(
  probabilities: ArrayLike<number>,
  actual: ArrayLike<number>,
  classes: number,
): Float32Array<ArrayBuffer> {
  const answers = new Float32Array(actual.length * classAnswerWidth);
  for (let row = 0; row < actual.length; row++) {
    let said = 0;
    for (let one = 1; one < classes; one++) {
      if ((probabilities[row * classes + one] ?? 0) > (probabilities[row * classes + said] ?? 0)) said = one;
    }
    const of = (one: number) => probabilities[row * classes + one] ?? NaN;
    answers.set([said, of(said), of(actual[row] ?? -1)], row * classAnswerWidth);
  }
  return answers;
}

/** What is kept as JSON is a number, however far a training has gone astray. */
function finite(value = NaN): number {
  return Number.isFinite(value) ? value : Number.MAX_VALUE;
}
