/**
 * The step as one TensorFlow graph. The first step of each batch size is recorded as it runs eagerly and written as a
 * graph with the data, weights and slots as variables inside; from then on a step is one native call that is fed row
 * indices and a few scalars. The eager step stays the reference: both give the same numbers.
 */
import { parseFields, type FusedUpdate } from '../../catalog';
import { CodedError } from '../../contract';
import type { StepOptions } from '../eager-step';
import type { Step, StepLoss, StepState, Sums, TrainedSums } from '../step';
import { evaluationRows } from '../evaluation-rows';
import { learningRateGroups } from '../learning-rate-groups';
import { batches, evaluationBatch, streamedInputs } from '../training-data';
import { broughtWeights, fromBytes, manifestOf, modelWeights, named, type Manifest } from '../weights';
import { bytesInGraph, dataVariables, InputFeeder } from './batch-source';
import { scalarsOf, shapeOfUpdate } from './fused-update';
import type { KeptGraphs } from './kept-graphs';
import { dataTypes } from './protobuf';
import { NotRecordable, type BindingHolder } from './recorder';
import { GraphSession, type Feed } from './session';
import { writeStepGraph } from './step-graph';
import { trainingNames } from './training-graph';
import type { StateTensor } from './writing';

/** Steps that one native call does where they are short: a call by itself costs about 0.1 ms. */
const usualStepsPerCall = 8;
/** Milliseconds that a call of several steps may take: until it ends, nobody can pause or stop. */
const longestCall = 50;
/** Steps that are timed one by one before it is known whether they are short. */
const timedSteps = 8;

/** How a step's graph is made, and whether another step may have it afterwards. */
interface GraphUse {
  /** Steps that one native call may do; each is a part of the graph of its own, which takes time to load and optimize. */
  readonly stepsPerCall?: number;
  readonly reuse?: GraphReuse | undefined;
}

export interface GraphReuse {
  readonly kept: KeptGraphs;
  /** Says all that the graph follows from, its data among it, but batch sizes and what the optimizer makes of its fields. */
  readonly key: string;
}

interface QueuedStep {
  readonly indices: Int32Array;
  readonly scalars: readonly number[];
}

export class CompiledStep implements Step {
  readonly evaluationRows: number;
  readonly #options: StepOptions;
  readonly #holder: BindingHolder;
  readonly #update: FusedUpdate;
  /** The model's own weights in layer order, what its layers bring, then the optimizer's slots. */
  readonly #state: readonly StateTensor[];
  /** The state without what layers bring: what is saved. */
  readonly #saved: readonly StateTensor[];
  readonly #weightCount: number;
  /** What the learning rate is multiplied by, for each group of weights. */
  readonly #factors: readonly number[];
  readonly #batchSizes: Set<number>;
  readonly #feeder: InputFeeder;
  readonly #stepsPerCall: number;
  readonly #reuse: GraphReuse | undefined;
  #session: GraphSession | null = null;
  /** Steps done, those that wait left out. */
  #step = 0;
  #queue: QueuedStep[] = [];
  /** Milliseconds of the fastest step so far, of those that were timed one by one. */
  #fastest = Infinity;
  #timed = 0;
  #pending: { readonly step: number; readonly examples: number; readonly measured: ArrayLike<number> }[] = [];

  /**
   * @param batchSizes of training steps, known beforehand so that all are recorded at once; another one is recorded when it
   * comes.
   * @throws NotRecordable where the step can't be written as a graph; the caller then trains eagerly.
   */
  constructor(options: StepOptions, holder: BindingHolder, batchSizes: readonly number[], use: GraphUse = {}) {
    const { definition, fields } = options.optimizer;
    if (!definition.fused) throw new NotRecordable(`the optimizer ${definition.id}`);
    this.#options = options;
    this.#reuse = use.reuse;
    this.#holder = holder;
    const values = parseFields(definition.fields, fields, definition.label.en);
    this.#update = definition.fused(values);
    const own = modelWeights(options.model);
    const initial = [...own, ...named(broughtWeights(options.model))];
    const weights = manifestOf(initial);
    this.#weightCount = own.length;
    this.evaluationRows = evaluationRows(options.model);
    // Steps of large networks are never short, and eight copies of one take seconds to load.
    this.#stepsPerCall = this.evaluationRows < evaluationBatch ? 1 : (use.stepsPerCall ?? usualStepsPerCall);
    this.#factors = learningRateGroups(options.model).factors;
    const trainable = options.model.trainableWeights.flatMap((weight) =>
      definition
        .slots(values)
        .map((slot) => ({ name: `${weight.originalName}/${slot}`, shape: weight.shape.map(Number) })),
    );
    this.#state = [...weights, ...trainable].map((tensor, index) => ({ ...tensor, variable: `state_${index}` }));
    this.#saved = this.#state.filter((_, index) => index < own.length || index >= initial.length);
    this.#batchSizes = new Set(batchSizes);
    this.#feeder = new InputFeeder(options.data);
    this.#open(
      this.#state.map(
        (tensor, index) => initial[index]?.tensor.dataSync<'float32'>() ?? new Float32Array(sizeOf(tensor)),
      ),
    );
  }

  get step(): number {
    return this.#step + this.#queue.length;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  expect(order: Int32Array, batchSize: number): void {
    this.#finishQueue();
    streamedInputs(this.#options.data)?.expect(order, batchSize);
  }

  /** Short steps wait until there are enough for one native call, or until someone wants to know what they did. */
  train(indices: Int32Array, learningRate = this.#options.learningRate): void {
    if (this.#queue[0] && this.#queue[0].indices.length !== indices.length) this.#finishQueue();
    if (!this.#batchSizes.has(indices.length)) this.#recordAlso(indices.length);
    const step = this.step + 1;
    const scalars = this.#factors.flatMap((factor) =>
      scalarsOf(this.#update, { step, learningRate: learningRate * factor }),
    );
    this.#queue.push({ indices, scalars });
    const [usual] = this.#batchSizes;
    const short = this.#timed >= timedSteps && this.#fastest * this.#stepsPerCall <= longestCall;
    if (!short || indices.length !== usual) this.#finishQueue();
    else if (this.#queue.length === this.#stepsPerCall) this.#call(this.#queue.splice(0));
  }

  /** Does what waits, a step at a time. */
  #finishQueue(): void {
    for (const queued of this.#queue.splice(0)) {
      const started = performance.now();
      this.#call([queued]);
      this.#timed += 1;
      if (this.#timed > 1) this.#fastest = Math.min(this.#fastest, performance.now() - started);
    }
  }

  #call(steps: readonly QueuedStep[]): void {
    const batchSize = steps[0]?.indices.length ?? 0;
    const names = trainingNames(batchSize, steps.length);
    const rows = new Int32Array(steps.length * batchSize);
    steps.forEach(({ indices }, index) => rows.set(indices, index * batchSize));
    const scalars = Float32Array.from(steps.flatMap((step) => step.scalars));
    const rowsOfScalars = steps.length * this.#factors.length;
    const before = Int32Array.from(steps, (_, index) => this.#step + index);
    const measured = this.#opened().run(
      [
        { name: names.rows, dtype: dataTypes.int32, shape: [steps.length, batchSize], values: rows },
        ...this.#feeder.feeds(
          names.inputs,
          [steps.length, batchSize],
          steps.map(({ indices }) => indices),
        ),
        {
          name: names.scalars,
          dtype: dataTypes.float32,
          shape: [rowsOfScalars, scalars.length / rowsOfScalars],
          values: scalars,
        },
        { name: names.step, dtype: dataTypes.int32, shape: [steps.length], values: before },
      ],
      names.measured,
    );
    const width = measured.length / steps.length;
    for (let index = 0; index < steps.length; index++) {
      this.#step += 1;
      const values = measured.subarray(index * width, (index + 1) * width);
      this.#pending.push({ step: this.#step, examples: batchSize, measured: values });
    }
  }

  takeSums(): TrainedSums {
    this.#finishQueue();
    const pending = this.#pending;
    this.#pending = [];
    const steps: StepLoss[] = pending.map(({ step, examples, measured }) => ({
      step,
      examples,
      loss: measured[0] ?? NaN,
      metrics: this.#options.metrics.map((_, m) => measured[m + 1] ?? NaN),
    }));
    return {
      steps,
      examples: steps.reduce((sum, one) => sum + one.examples, 0),
      loss: steps.reduce((sum, one) => sum + one.loss * one.examples, 0),
      metrics: this.#options.metrics.map((_, m) => steps.reduce((sum, one) => sum + (one.metrics[m] ?? NaN), 0)),
    };
  }

  evaluate(indices: Int32Array): Sums {
    this.#finishQueue();
    const { metrics } = this.#options;
    const width = 1 + metrics.length;
    const totals = new Float64Array(width);
    let penalty = 0;
    const size = this.evaluationRows;
    for (const part of batches(indices, size)) {
      // The graph has one size: the rest is filled up with the first row, whose values are dropped.
      const rows = new Int32Array(size).fill(part[0] ?? 0);
      rows.set(part);
      const inputs = this.#feeder.feeds('evaluate/fed', [rows.length], [rows]);
      const values = this.#opened().run([indexFeed('evaluate/rows', rows), ...inputs], 'evaluate/measured');
      for (let column = 0; column < width; column++) {
        for (let row = 0; row < part.length; row++) {
          totals[column] = (totals[column] ?? 0) + (values[column * size + row] ?? NaN);
        }
      }
      penalty = values[width * size] ?? NaN;
    }
    return {
      examples: indices.length,
      loss: (totals[0] ?? NaN) + penalty * indices.length,
      metrics: metrics.map((_, m) => totals[m + 1] ?? NaN),
    };
  }

  readState(): Promise<StepState> {
    this.#finishQueue();
    const tensors = this.#readAll(this.#saved);
    return Promise.resolve({ step: this.#step, manifest: plain(this.#saved), tensors });
  }

  writeState(state: StepState): void {
    const manifest = plain(this.#saved);
    if (JSON.stringify(manifest) !== JSON.stringify(state.manifest)) {
      throw new CodedError('unexpected', { detail: 'the checkpoint belongs to another network or optimizer' });
    }
    this.#queue = [];
    this.#opened().setVariables(feedsOf(this.#saved, fromBytes(state.tensors, manifest)));
    this.#step = state.step;
  }

  readWeights(): Promise<{ manifest: Manifest; weights: Uint8Array }> {
    this.#finishQueue();
    const weights = this.#state.slice(0, this.#weightCount);
    return Promise.resolve({ manifest: plain(weights), weights: this.#readAll(weights) });
  }

  dispose(): void {
    const session = this.#session;
    this.#session = null;
    if (session && this.#reuse) this.#reuse.kept.keep(this.#key(this.#reuse), session, this.#bytes());
    else session?.dispose();
    this.#options.model.dispose();
  }

  #opened(): GraphSession {
    if (!this.#session) throw new Error('The step was used after it was disposed');
    return this.#session;
  }

  /** Takes the graph that a step like this one left, or writes and loads it; fills its variables. */
  #open(state: readonly Float32Array[]): void {
    const left = this.#reuse?.kept.take(this.#key(this.#reuse)) ?? null;
    this.#session = left ?? this.#load();
    try {
      this.#session.setVariables([...(left ? [] : dataVariables(this.#options.data)), ...feedsOf(this.#state, state)]);
    } catch (error) {
      // There may be no memory for them: the caller may try again, with less.
      this.#session.dispose();
      this.#session = null;
      throw error;
    }
  }

  /** Writes the graph for all batch sizes. */
  #load(): GraphSession {
    const nodes = writeStepGraph(
      this.#options,
      this.#holder,
      this.#update,
      this.#state,
      [...this.#batchSizes],
      this.#stepsPerCall,
    );
    return new GraphSession(this.#holder.binding, nodes);
  }

  #key({ key }: GraphReuse): string {
    return JSON.stringify([key, [...this.#batchSizes], this.#stepsPerCall, shapeOfUpdate(this.#update)]);
  }

  /** Of what stands in the graph's variables. */
  #bytes(): number {
    return bytesInGraph(this.#options.data) + 4 * this.#state.reduce((sum, tensor) => sum + sizeOf(tensor), 0);
  }

  #recordAlso(batchSize: number): void {
    const state = fromBytes(this.#readAll(this.#state), plain(this.#state));
    this.#session?.dispose();
    this.#session = null;
    this.#batchSizes.add(batchSize);
    this.#open(state);
  }

  #readAll(tensors: readonly StateTensor[]): Uint8Array {
    const values = this.#opened().readVariables(tensors.map(({ variable, shape }) => ({ name: variable, shape })));
    return Buffer.concat(values.map((value) => new Uint8Array(value.buffer, value.byteOffset, value.byteLength)));
  }
}

function plain(tensors: readonly StateTensor[]): Manifest {
  return tensors.map(({ name, shape }) => ({ name, shape }));
}

function feedsOf(tensors: readonly StateTensor[], values: readonly Float32Array[]): Feed[] {
  return tensors.map(({ variable, shape }, index) => {
    return { name: variable, dtype: dataTypes.float32, shape, values: values[index] ?? new Float32Array() };
  });
}

function sizeOf({ shape }: StateTensor): number {
  return shape.reduce((product, size) => product * size, 1);
}

function indexFeed(name: string, rows: Int32Array): Feed {
  return { name, dtype: dataTypes.int32, shape: [rows.length], values: rows };
}
