/**
 * Writes the graph of a step: variables for data, weights and slots, a training part for each batch size, and one
 * evaluation part. Recording runs each part once for real.
 */
import { applyNetwork } from '../apply-network';
import type { FusedUpdate } from '../../catalog';
import type { StepOptions } from '../eager-step';
import { penaltyOf, perExampleMetrics } from '../measure';
import { BatchCutter, batchTargets, inputType, streamedInputs } from '../training-data';
import { evaluationRows } from '../evaluation-rows';
import { learningRateGroups } from '../learning-rate-groups';
import { broughtWeights, ownWeights } from '../weights';
import { writeBatch, writeDataVariables } from './batch-source';
import { GraphWriter } from './graph-writer';
import { dataTypes, type GraphNode } from './protobuf';
import { record, type BindingHolder } from './recorder';
import { rewrite } from './rewrite';
import { writeTraining } from './training-graph';
import { exampleRows, idOf, knownShapes, scoped, type StateTensor, type Writing } from './writing';

const float = { type: dataTypes.float32 } as const;

/**
 * @param batchSizes of training; the first is the usual one, for which there is also a call of several steps.
 * @param stepsPerCall of that call.
 * @throws NotRecordable where the network, its loss or a metric can't be written as a graph.
 */
export function writeStepGraph(
  options: StepOptions,
  holder: BindingHolder,
  update: FusedUpdate,
  state: readonly StateTensor[],
  batchSizes: readonly number[],
  stepsPerCall: number,
): readonly GraphNode[] {
  const { data, model } = options;
  const graph = new GraphWriter();
  writeDataVariables(graph, data);
  for (const tensor of state) graph.variable(tensor.variable, dataTypes.float32, tensor.shape);
  const weights = [...ownWeights(model), ...broughtWeights(model)];
  const groups = learningRateGroups(model);
  const writing: Writing = { graph, options, holder, update, state, weights, groups };
  for (const [index, size] of batchSizes.entries())
    writeTraining(writing, size, index === 0 && stepsPerCall > 1 ? [1, stepsPerCall] : [1]);
  scoped(options.tf, () => writeEvaluation(writing));
  return graph.nodes;
}

/** Loss and metrics per example, one row each, then the penalty: `[(1 + metrics) · rows + 1]`. Call in a scope. */
function writeEvaluation(writing: Writing): void {
  const { graph, options, holder, state, weights } = writing;
  const { tf, data, model, loss } = options;
  const size = evaluationRows(model);
  const rows = exampleRows(data, size);
  const input = new BatchCutter(data).inputs(tf, rows);
  const target = batchTargets(tf, data, rows, input);
  const indices = graph.placeholder('evaluate/rows', dataTypes.int32, [size]);
  const fed = streamedInputs(data)
    ? graph.placeholder('evaluate/fed', dataTypes[inputType(data)], [size, ...data.inputShape])
    : undefined;
  const batch = writeBatch(graph, data, 'evaluate', indices, fed);
  const known = new Map<number, string>([
    [idOf(holder, input), batch.input],
    [idOf(holder, target), batch.target],
    ...weights.map((weight, index): [number, string] => [
      idOf(holder, weight.read()),
      `${state[index]?.variable ?? ''}/read`,
    ]),
  ]);
  const shapes = knownShapes(writing, input);
  const { result: id, recording } = record(holder, () => {
    const output = applyNetwork(tf, { model, data }, input, false);
    const columns = [loss.perExample(tf, target, output), ...perExampleMetrics(tf, options, target, output)];
    const penalty = penaltyOf(tf, model) ?? tf.scalar(0);
    const measured = tf.concat([...columns.map((column) => tf.cast(column.as1D(), 'float32')), penalty.as1D()]);
    return idOf(holder, measured);
  });
  const [reference] = graph.replay(rewrite(recording, shapes), 'evaluate', known, [id]);
  graph.add('Identity', 'evaluate/measured', [reference ?? ''], { T: float });
}
