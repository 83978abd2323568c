/** A finished model on rows: outputs as people read them, metrics, and which class was taken for which. */
import type * as tensorflow from '@tensorflow/tfjs';
import { applyNetwork } from './apply-network';
import type { TaskDefinition } from '../catalog';
import type { MetricValues, Target } from '../contract';
import { evaluationRows } from './evaluation-rows';
import type { FitControl } from './fit-control';
import { addSums, metricSums, metricValues, penaltyOf, type Measures } from './measure';
import type { Sums } from './step';
import type { TensorFlow } from './tf';
import {
  BatchCutter,
  batches,
  batchTargets,
  targetsAt,
  type InputData,
  type TargetScale,
  type TrainingData,
} from './training-data';

export interface FinishedModel {
  readonly tf: TensorFlow;
  readonly model: tensorflow.LayersModel;
  readonly task: TaskDefinition;
  readonly targetScale: TargetScale;
}

/**
 * @param rows indices into `data`.
 * @returns `rows × outputs` values: probabilities per class, or one number in the person's unit. Batches are always cut the
 *   same way, so the same rows give the same bits in any process of the same machine.
 */
export function predictRows(
  finished: FinishedModel,
  data: InputData,
  rows: Int32Array,
  batchRows = evaluationRows(finished.model),
): Float32Array {
  const { tf, model } = finished;
  const cutter = new BatchCutter(data);
  const pieces = [...batches(rows, batchRows)].map((piece) =>
    tf.tidy(() => decoded(finished, applyNetwork(tf, { model, data }, cutter.inputs(tf, piece), false))),
  );
  return joined(pieces);
}

export interface Evaluated {
  /** As `predictRows`. */
  readonly outputs: Float32Array;
  /** `loss` and the metrics' ids, without prefix. */
  readonly metrics: MetricValues;
  /** Target of each row: class index, or the number in the person's unit (several where a row has several). */
  readonly actual: Float32Array;
  /** `confusion[actual][predicted]` counts for classes; empty for numbers. */
  readonly confusion: number[][];
}

/** @throws the control's reason where it is aborted. */
export async function evaluateRows(
  finished: FinishedModel,
  measures: Measures,
  data: TrainingData,
  target: Target,
  rows: Int32Array,
  control: FitControl,
): Promise<Evaluated> {
  const { tf, model } = finished;
  const cutter = new BatchCutter(data);
  const sums: Sums[] = [];
  const pieces: Float32Array[] = [];
  for (const piece of batches(rows, evaluationRows(model))) {
    await control.between();
    tf.tidy(() => {
      const input = cutter.inputs(tf, piece);
      const output = applyNetwork(tf, { model, data }, input, false);
      sums.push(sumsOf(finished, measures, batchTargets(tf, data, piece, input), output));
      pieces.push(decoded(finished, output));
    });
  }
  const outputs = joined(pieces);
  const { mean, standardDeviation } = finished.targetScale;
  const targets = targetsAt(data.targets, data.targetWidth ?? 1, rows);
  const actual = targets.map((value) => value * standardDeviation + mean);
  return {
    outputs,
    actual,
    metrics: metricValues(addSums(sums, measures.metrics.length), measures.metrics, 'training'),
    confusion: target.kind === 'classes' ? confusionOf(actual, outputs, target.classes.length) : [],
  };
}

/** Index of the largest of `count` values that begin at `offset`; the first of equal ones. */
export function largestOf(values: Float32Array, offset: number, count: number): number {
  let winner = 0;
  for (let i = 1; i < count; i++) {
    if ((values[offset + i] ?? -Infinity) > (values[offset + winner] ?? -Infinity)) winner = i;
  }
  return winner;
}

function confusionOf(actual: Float32Array, outputs: Float32Array, classes: number): number[][] {
  const confusion = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  for (let row = 0; row < actual.length; row++) {
    const predicted = largestOf(outputs, row * classes, classes);
    const counts = confusion[actual[row] ?? -1];
    if (counts) counts[predicted] = (counts[predicted] ?? 0) + 1;
  }
  return confusion;
}

function sumsOf(
  { tf, model }: FinishedModel,
  measures: Measures,
  target: tensorflow.Tensor,
  output: tensorflow.Tensor,
): Sums {
  const examples = output.shape[0] ?? 0;
  const penalty = penaltyOf(tf, model) ?? tf.scalar(0);
  const parts = [tf.sum(measures.loss.perExample(tf, target, output)), penalty];
  const [loss = NaN, added = NaN, ...metrics] = tf
    .stack([...parts, ...metricSums(tf, measures, [{ target }], output)])
    .dataSync();
  return { examples, loss: loss + added * examples, metrics };
}

/** Downloads what people read: the task's decoding, numbers in their own unit. */
function decoded({ tf, task, targetScale }: FinishedModel, output: tensorflow.Tensor): Float32Array {
  const { mean, standardDeviation } = targetScale;
  const values = task.decode(tf, output);
  const restored = task.target === 'number' ? tf.add(tf.mul(values, standardDeviation), mean) : values;
  return Float32Array.from(restored.dataSync());
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}
