/**
 * Writes the graph of a step: for each batch size a training part (gather the rows, the recorded forward and backward
 * pass, the fused updates), and one evaluation part. Recording runs each part once for real.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { FusedUpdate } from '../../catalog';
import { isStepSeeded } from '../../catalog/step-seeded';
import type { StepOptions } from '../eager-step';
import { metricSums, penaltyOf, perExampleMetrics, trainingPass } from '../measure';
import { nativeRandom } from '../step-random';
import type { TensorFlow } from '../tf';
import { BatchCutter, batchTargets, evaluationBatch } from '../training-data';
import { scalarsOf, writeUpdate } from './fused-update';
import { GraphWriter } from './graph-writer';
import { dataTypes, type GraphNode } from './protobuf';
import { record, type BindingHolder } from './recorder';

const float = { type: dataTypes.float32 } as const;

/** A tensor of the state, a weight or a slot of one, and its variable in the graph. */
export interface StateTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly variable: string;
}

type Weight = tensorflow.LayersModel['weights'][number];

/** What the parts share while they are written. */
interface Writing {
  readonly graph: GraphWriter;
  readonly options: StepOptions;
  readonly holder: BindingHolder;
  readonly update: FusedUpdate;
  readonly state: readonly StateTensor[];
  /** All weights of the model in layer order: the first of `state`. */
  readonly weights: readonly Weight[];
}

/**
 * @throws NotRecordable where the network, its loss or a metric can't be written as a graph.
 */
export function writeStepGraph(
  options: StepOptions,
  holder: BindingHolder,
  update: FusedUpdate,
  state: readonly StateTensor[],
  batchSizes: readonly number[],
): readonly GraphNode[] {
  const { data, model } = options;
  const graph = new GraphWriter();
  const rows = data.targets.length;
  const classes = data.targets instanceof Int32Array;
  const pixels = data.inputs instanceof Uint8Array;
  graph.variable('inputs', pixels ? dataTypes.uint8 : dataTypes.float32, [rows, ...data.inputShape]);
  graph.variable('targets', classes ? dataTypes.int32 : dataTypes.float32, classes ? [rows] : [rows, 1]);
  for (const tensor of state) graph.variable(tensor.variable, dataTypes.float32, tensor.shape);
  const weights = model.layers.flatMap((layer) => layer.weights);
  const writing: Writing = { graph, options, holder, update, state, weights };
  for (const batchSize of batchSizes) writeTraining(writing, batchSize);
  writeEvaluation(writing);
  return graph.nodes;
}

/** The batch's rows gathered from the data inside the graph, as the network takes them. */
function writeGather({ graph, options }: Writing, prefix: string, batchSize: number) {
  const { data } = options;
  const rows = graph.placeholder(`${prefix}/rows`, dataTypes.int32, [batchSize]);
  const indices = { Tindices: { type: dataTypes.int32 } };
  const pixels = data.inputs instanceof Uint8Array;
  let input = graph.add('ResourceGather', `${prefix}/inputs`, ['inputs', rows], {
    dtype: { type: pixels ? dataTypes.uint8 : dataTypes.float32 },
    ...indices,
  });
  if (pixels) {
    input = graph.add('Cast', `${prefix}/float`, [input], { SrcT: { type: dataTypes.uint8 }, DstT: float });
  }
  if (data.scale !== 1) {
    input = graph.add('Mul', `${prefix}/scaled`, [input, graph.scalar(`${prefix}/scale`, data.scale)], { T: float });
  }
  const target = graph.add('ResourceGather', `${prefix}/targets`, ['targets', rows], {
    dtype: { type: data.targets instanceof Int32Array ? dataTypes.int32 : dataTypes.float32 },
    ...indices,
  });
  return { input, target };
}

/** A real batch of that size to record with: rows from the beginning, over again where there are fewer. */
function exampleRows(rows: number, batchSize: number): Int32Array {
  return Int32Array.from({ length: batchSize }, (_, index) => index % rows);
}

/** The native library's number of a tensor. */
function idOf(holder: BindingHolder, tensor: tensorflow.Tensor): number {
  return holder.getInputTensorIds([tensor])[0] ?? -1;
}

/** What stands for tensors that the recording finds in place: the batch, and the weights as read from their variables. */
function knownTensors(
  { holder, state, weights }: Writing,
  batch: { readonly input: string; readonly target: string },
  tensors: { readonly input: tensorflow.Tensor; readonly target: tensorflow.Tensor },
): Map<number, string> {
  const known = new Map<number, string>();
  known.set(idOf(holder, tensors.input), batch.input);
  known.set(idOf(holder, tensors.target), batch.target);
  weights.forEach((weight, index) => known.set(idOf(holder, weight.read()), `${state[index]?.variable}/read`));
  return known;
}

/** Tensor ids that a recorded training pass leaves behind. */
interface TrainingIds {
  /** `[1 + metrics]`: mean loss, then metric sums. */
  readonly measured: number;
  /** One per trainable weight; null where the loss does not depend on it. */
  readonly gradients: readonly (number | null)[];
  /** One per weight that the forward pass itself moves (batch normalization's statistics), else null. */
  readonly moved: readonly (number | null)[];
}

/** `tf.tidy` for work that gives no tensors. */
function scoped<T>(tf: TensorFlow, work: () => T): T {
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
}

function recordTraining(writing: Writing, tensors: { input: tensorflow.Tensor; target: tensorflow.Tensor }) {
  const { options, holder, weights } = writing;
  const { tf, model } = options;
  const before = weights.map((weight) => idOf(holder, weight.read()));
  const trained = model.trainableWeights.map((weight) => weight.read() as tensorflow.Variable);
  return record(holder, () =>
    scoped(tf, (): TrainingIds => {
      const { value, grads, output } = trainingPass(options, trained, tensors.input, tensors.target);
      const measured = tf.stack([value, ...metricSums(tf, options, tensors.target, output)]);
      const ids = {
        measured: idOf(holder, measured),
        gradients: trained.map(({ name }) => (grads[name] ? idOf(holder, grads[name]) : null)),
        moved: weights.map((weight, index) => {
          const id = idOf(holder, weight.read());
          return id === before[index] ? null : id;
        }),
      };
      output.dispose();
      return ids;
    }),
  );
}

function writeTraining(writing: Writing, batchSize: number): void {
  const { graph, options, holder } = writing;
  const { tf, data, model } = options;
  const prefix = `train_${batchSize}`;
  const rows = exampleRows(data.targets.length, batchSize);
  const tensors = { input: new BatchCutter(data).inputs(tf, rows), target: batchTargets(tf, data.targets, rows) };
  const step = tf.scalar(0, 'int32');
  const known = knownTensors(writing, writeGather(writing, prefix, batchSize), tensors);
  known.set(idOf(holder, step), graph.placeholder(`${prefix}/step`, dataTypes.int32, []));
  for (const layer of model.layers) if (isStepSeeded(layer)) layer.setRandom(nativeRandom(tf, step));
  const { result: ids, recording } = recordTraining(writing, tensors);
  tf.dispose([tensors.input, tensors.target, step]);

  const wanted = [ids.measured, ...ids.gradients, ...ids.moved].filter((id) => id !== null);
  const references = graph.replay(recording, prefix, known, wanted);
  const referenceOf = new Map(wanted.map((id, index) => [id, references[index] ?? '']));
  const changes = writeChanges(writing, prefix, ids, referenceOf);
  graph.add(
    'Identity',
    `${prefix}/measured`,
    [referenceOf.get(ids.measured) ?? '', ...changes.map((name) => `^${name}`)],
    { T: float },
  );
}

/** The updates and moves of variables, all after everything was computed from their old values. */
function writeChanges(
  { graph, options, update, state, weights }: Writing,
  prefix: string,
  ids: TrainingIds,
  referenceOf: ReadonlyMap<number, string>,
): string[] {
  const after = graph.add(
    'NoOp',
    `${prefix}/computed`,
    [...referenceOf.values()].map((reference) => `^${reference.split(':')[0]}`),
  );
  const scalars = writeScalars(graph, update, prefix);
  const slotsPerWeight = (state.length - weights.length) / Math.max(1, ids.gradients.length);
  const updates = ids.gradients.flatMap((gradient, index) => {
    if (gradient === null) return [];
    const position = weights.indexOf(options.model.trainableWeights[index] as Weight);
    const first = weights.length + index * slotsPerWeight;
    const slots = state.slice(first, first + slotsPerWeight);
    return writeUpdate(graph, update, {
      name: `${prefix}/update_${index}`,
      variable: state[position]?.variable ?? '',
      slots: Object.fromEntries(slots.map(({ name, variable }) => [name.slice(name.lastIndexOf('/') + 1), variable])),
      gradient: referenceOf.get(gradient) ?? '',
      scalars,
      after,
    });
  });
  const moves = ids.moved.flatMap((id, index) => {
    if (id === null) return [];
    const inputs = [state[index]?.variable ?? '', referenceOf.get(id) ?? '', `^${after}`];
    return graph.add('AssignVariableOp', `${prefix}/move_${index}`, inputs, { dtype: float });
  });
  return [...updates, ...moves];
}

/** The vector of the update's scalars, taken apart. */
function writeScalars(graph: GraphWriter, update: FusedUpdate, prefix: string): string[] {
  const count = scalarsOf(update, { step: 1, learningRate: 1 }).length;
  const vector = graph.placeholder(`${prefix}/scalars`, dataTypes.float32, [count]);
  const unpacked = graph.add('Unpack', `${prefix}/scalar`, [vector], {
    T: float,
    num: { int: count },
    axis: { int: 0 },
  });
  return Array.from({ length: count }, (_, index) => `${unpacked}:${index}`);
}

/** Loss and metrics per example, one row each, then the penalty: `[(1 + metrics) · rows + 1]`. */
function writeEvaluation(writing: Writing): void {
  const { graph, options, holder } = writing;
  const { tf, data, model, loss } = options;
  const rows = exampleRows(data.targets.length, evaluationBatch);
  const tensors = { input: new BatchCutter(data).inputs(tf, rows), target: batchTargets(tf, data.targets, rows) };
  const known = knownTensors(writing, writeGather(writing, 'evaluate', evaluationBatch), tensors);
  const { result: id, recording } = record(holder, () =>
    tf.tidy(() => {
      const output = model.apply(tensors.input, { training: false }) as tensorflow.Tensor;
      const columns = [
        loss.perExample(tf, tensors.target, output),
        ...perExampleMetrics(tf, options, tensors.target, output),
      ];
      const penalty = penaltyOf(tf, model) ?? tf.scalar(0);
      const measured = tf.concat([...columns.map((column) => tf.cast(column.as1D(), 'float32')), penalty.as1D()]);
      return idOf(holder, measured);
    }),
  );
  tf.dispose([tensors.input, tensors.target]);
  const [reference] = graph.replay(recording, 'evaluate', known, [id]);
  graph.add('Identity', 'evaluate/measured', [reference ?? ''], { T: float });
}
