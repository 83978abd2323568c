/** What the parts of a step's graph share while they are written. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { FusedUpdate } from '../../catalog';
import type { Shape } from '../../contract';
import type { StepOptions } from '../eager-step';
import type { LearningRateGroups } from '../learning-rate-groups';
import type { TensorFlow } from '../tf';
import { rowCount, type TrainingData } from '../training-data';
import type { Weight } from '../weights';
import type { GraphWriter } from './graph-writer';
import type { BindingHolder } from './recorder';

/** A tensor of the state, a weight or a slot of one, and its variable in the graph. */
export interface StateTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly variable: string;
}

export interface Writing {
  readonly graph: GraphWriter;
  readonly options: StepOptions;
  readonly holder: BindingHolder;
  readonly update: FusedUpdate;
  readonly state: readonly StateTensor[];
  /** The model's own weights in layer order, then what its layers bring: the first of `state`. */
  readonly weights: readonly Weight[];
  readonly groups: LearningRateGroups;
}

/**
 * A real batch of that size to record with: the first rows whose target is known, over again where there are fewer. A loss of
 * classes refuses others, which no part of the split holds.
 */
export function exampleRows(data: Pick<TrainingData, 'targets' | 'targetWidth'>, batchSize: number): Int32Array {
  const { targets, targetWidth = 1 } = data;
  const isClass = targets instanceof Int32Array;
  const known: number[] = [];
  for (let row = 0; row < rowCount(data) && known.length < batchSize; row += 1) {
    if (!isClass || (targets[row * targetWidth] ?? -1) >= 0) known.push(row);
  }
  return Int32Array.from({ length: batchSize }, (_, index) => known[index % known.length] ?? 0);
}

/** The native library's number of a tensor. */
export function idOf(holder: BindingHolder, tensor: tensorflow.Tensor): number {
  return holder.getInputTensorIds([tensor])[0] ?? -1;
}

/** Shapes of what a recording finds in place: the batch's input and the weights, by tensor id. */
export function knownShapes({ holder, weights }: Writing, input: tensorflow.Tensor): Map<number, Shape> {
  const known = [input, ...weights.map((weight) => weight.read())];
  return new Map(known.map((tensor) => [idOf(holder, tensor), tensor.shape]));
}

/** `tf.tidy` for work that gives no tensors: what it makes is let go, also where it throws. */
export function scoped<T>(tf: TensorFlow, work: () => T): T {
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
}
