/**
 * Writes the training part of a step's graph for one batch size: the step is recorded once, as it runs for real, and
 * written as often as one call is to do steps, each copy after the updates of the one before.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { metricSums, trainingPass } from '../measure';
import { updateThreads } from '../native-ops';
import { nativeRandom } from '../step-random';
import { BatchCutter, batchTargets, batchWeights, inputType, streamedInputs } from '../training-data';
import { writeBatch, type Batch } from './batch-source';
import { productOf, scalarsOf, writeUpdate } from './fused-update';
import { dataTypes } from './protobuf';
import { record, type Recording } from './recorder';
import { inReducedPrecision } from './reduced-precision';
import { rewrite } from './rewrite';
import { sharing, usersOfMemory } from './variable-memory';
import type { Weight } from '../weights';
import { exampleRows, idOf, knownShapes, scoped, type Writing } from './writing';

const float = { type: dataTypes.float32 } as const;

/** Tensor ids that a recorded training pass leaves behind. */
interface TrainingIds {
  readonly input: number;
  readonly target: number;
  /** Of the examples; null where all count the same. */
  readonly exampleWeights: number | null;
  readonly step: number;
  /** The weights' values before the step, in layer order. */
  readonly weights: readonly number[];
  /** `[1 + metrics]`: mean loss, then metric sums. */
  readonly measured: number;
  /** One per trainable weight; null where the loss does not depend on it. */
  readonly gradients: readonly (number | null)[];
  /** One per weight that the forward pass itself moves (batch normalization's statistics), else null. */
  readonly moved: readonly (number | null)[];
}

interface RecordedPass {
  readonly ids: TrainingIds;
  readonly recording: Recording;
}

/**
 * Names in the graph of a call that does `steps` steps at once. It is fed the rows of all its steps one after another,
 * the rows' inputs where those do not stand in the graph, a row of scalars per step and group of weights that has a learning
 * rate of its own, and the number of steps done before;
 * it gives a row of measures per step.
 */
export function trainingNames(batchSize: number, steps: number) {
  const prefix = `train_${batchSize}x${steps}`;
  return {
    prefix,
    rows: `${prefix}/rows`,
    inputs: `${prefix}/inputs`,
    scalars: `${prefix}/scalars`,
    step: `${prefix}/step`,
    measured: `${prefix}/measured`,
  };
}

/**
 * @param stepsPerCall each becomes a part of the graph of its own.
 * @throws NotRecordable where the pass can't be written as a graph.
 */
export function writeTraining(writing: Writing, batchSize: number, stepsPerCall: readonly number[]): void {
  const pass = scoped(writing.options.tf, () => recordTraining(writing, batchSize));
  for (const steps of stepsPerCall) writeCall(writing, batchSize, steps, pass);
}

function writeCall(writing: Writing, batchSize: number, steps: number, pass: RecordedPass): void {
  const { graph, update, state, options, groups } = writing;
  const { data } = options;
  const perStep = groups.factors.length;
  const names = trainingNames(batchSize, steps);
  const { prefix } = names;
  const count = scalarsOf(update, { step: 1, learningRate: 1 }).length;
  const rows = writeParts(writing, names.rows, dataTypes.int32, [steps, batchSize], steps);
  const fed = streamedInputs(data)
    ? writeParts(writing, names.inputs, dataTypes[inputType(data)], [steps, batchSize, ...data.inputShape], steps)
    : [];
  const scalars = writeParts(writing, names.scalars, dataTypes.float32, [steps * perStep, count], steps * perStep);
  const step = writeParts(writing, names.step, dataTypes.int32, [steps], steps);
  /** What changed each variable last, by its place in the state: the next step reads it after that. */
  let changed = state.map((): string | null => null);
  const measured = Array.from({ length: steps }, (_, index) => {
    const place = `${prefix}/${index}`;
    const batch = writeBatch(graph, data, place, rows[index] ?? '', fed[index]);
    const feeds = {
      batch,
      batchSize,
      scalars: scalars.slice(index * perStep, (index + 1) * perStep),
      step: step[index] ?? '',
    };
    const written = writeStep(writing, place, pass, feeds, changed);
    changed = written.changed;
    return written.measured;
  });
  const packed = graph.add('Pack', `${prefix}/packed`, measured, { T: float, N: { int: steps }, axis: { int: 0 } });
  const after = changed.flatMap((name) => (name === null ? [] : `^${name}`));
  graph.add('Identity', names.measured, [packed, ...after], { T: float });
}

/** A placeholder whose first side is taken apart. @returns references of the parts. */
function writeParts(
  { graph }: Writing,
  name: string,
  dtype: number,
  shape: readonly number[],
  count: number,
): string[] {
  const unpacked = graph.add('Unpack', `${name}/parts`, [graph.placeholder(name, dtype, shape)], {
    T: { type: dtype },
    num: { int: count },
    axis: { int: 0 },
  });
  return Array.from({ length: count }, (_, index) => `${unpacked}:${index}`);
}

/** Call in a scope: the example batch lives until its end. */
function recordTraining(writing: Writing, batchSize: number): RecordedPass {
  const { options, holder, weights } = writing;
  const { tf, data, model } = options;
  const rows = exampleRows(data, batchSize);
  const input = new BatchCutter(data).inputs(tf, rows);
  const target = batchTargets(tf, data, rows, input);
  const batch = { input, target, weights: batchWeights(tf, data, rows) };
  const step = tf.scalar(0, 'int32');
  const before = {
    input: idOf(holder, input),
    target: idOf(holder, target),
    exampleWeights: batch.weights ? idOf(holder, batch.weights) : null,
    step: idOf(holder, step),
    weights: weights.map((weight) => idOf(holder, weight.read())),
  };
  const trained = model.trainableWeights.map((weight) => weight.read() as tensorflow.Variable);
  const shapes = knownShapes(writing, input);
  const { result, recording } = record(holder, (): TrainingIds => {
    const { value, grads, targets, output } = trainingPass(options, trained, batch, nativeRandom(tf, step));
    const measured = tf.stack([value, ...metricSums(tf, options, targets, output)]);
    const ids = {
      ...before,
      measured: idOf(holder, measured),
      gradients: trained.map(({ name }) => (grads[name] ? idOf(holder, grads[name]) : null)),
      moved: weights.map((weight, index) => {
        const id = idOf(holder, weight.read());
        return id === before.weights[index] ? null : id;
      }),
    };
    output.dispose();
    return ids;
  });
  const better = rewrite(recording, shapes);
  return { ids: result, recording: options.precision === 'bfloat16' ? inReducedPrecision(better) : better };
}

interface StepFeeds {
  readonly batch: Batch;
  readonly batchSize: number;
  /** By group of weights. */
  readonly scalars: readonly string[];
  readonly step: string;
}

/** One step of a call. @returns its measures, and what changed each variable last. */
function writeStep(
  writing: Writing,
  place: string,
  { ids, recording }: RecordedPass,
  feeds: StepFeeds,
  before: readonly (string | null)[],
): { readonly measured: string; readonly changed: (string | null)[] } {
  const { graph, state } = writing;
  const reads = ids.weights.map((_, index) =>
    graph.add('ReadVariableOp', `${place}/read_${index}`, [state[index]?.variable ?? '', ...control(before[index])], {
      dtype: float,
    }),
  );
  const known = new Map<number, string>([
    [ids.input, feeds.batch.input],
    [ids.target, feeds.batch.target],
    [ids.step, feeds.step],
    ...(ids.exampleWeights === null ? [] : [[ids.exampleWeights, feeds.batch.weights ?? ''] as const]),
    ...ids.weights.map((id, index): [number, string] => [id, reads[index] ?? '']),
  ]);
  const wanted = [ids.measured, ...ids.gradients, ...ids.moved].filter((id) => id !== null);
  const references = graph.replay(recording, place, known, wanted);
  const referenceOf = new Map(wanted.map((id, index) => [id, references[index] ?? '']));
  const memory = reads.map((read) => sharing(graph, read));
  const pass = { ids, reads, referenceOf, scalars: feeds.scalars, batchSize: feeds.batchSize, memory };
  const changes = writeChanges(writing, place, pass);
  return {
    measured: referenceOf.get(ids.measured) ?? '',
    changed: state.map((_, index) => changes[index] ?? before[index] ?? null),
  };
}

function control(name: string | null | undefined): string[] {
  return name ? [`^${name}`] : [];
}

interface WrittenPass {
  readonly ids: TrainingIds;
  /** Per weight, the node that read it. */
  readonly reads: readonly string[];
  /** Per weight, the nodes that may share its memory. */
  readonly memory: readonly ReadonlySet<string>[];
  readonly referenceOf: ReadonlyMap<number, string>;
  readonly batchSize: number;
  /** By group of weights. */
  readonly scalars: readonly string[];
}

/**
 * The updates and moves of variables, each after everything that uses the variable's old value.
 * @returns what changed each weight, by its place in the state; its slots follow from it.
 */
function writeChanges(writing: Writing, place: string, pass: WrittenPass): (string | null)[] {
  const { graph, options, update, state, weights, groups } = writing;
  const { ids, memory, referenceOf } = pass;
  const threads = updateThreads(options.tf);
  const shared = new Set(memory.flatMap((nodes) => [...nodes]));
  const after = memory.map((nodes) => usersOfMemory(graph, nodes));
  const changed = weights.map((): string | null => null);
  const slotsPerWeight = (state.length - weights.length) / Math.max(1, ids.gradients.length);
  for (const [index, id] of ids.gradients.entries()) {
    if (id === null) continue;
    const position = weights.indexOf(options.model.trainableWeights[index] as Weight);
    const first = weights.length + index * slotsPerWeight;
    const slots = state.slice(first, first + slotsPerWeight);
    const { variable = '', shape = [] } = state[position] ?? {};
    const gradient = referenceOf.get(id) ?? '';
    const updated = {
      name: `${place}/update_${index}`,
      variable,
      read: pass.reads[position] ?? '',
      size: shape.reduce((product, side) => product * side, 1),
      slots: Object.fromEntries(slots.map((slot) => [slot.name.slice(slot.name.lastIndexOf('/') + 1), slot.variable])),
      gradient,
      product: productOf(graph, gradient, pass.batchSize, shared),
      scalars: pass.scalars[groups.groupOf[index] ?? 0] ?? '',
      after: graph.add('NoOp', `${place}/used_${position}`, after[position] ?? []),
    };
    changed[position] = writeUpdate(graph, update, updated, threads);
  }
  for (const [index, id] of ids.moved.entries()) {
    if (id === null) continue;
    const inputs = [state[index]?.variable ?? '', referenceOf.get(id) ?? '', ...(after[index] ?? [])];
    changed[index] = graph.add('AssignVariableOp', `${place}/move_${index}`, inputs, { dtype: float });
  }
  return changed;
}
