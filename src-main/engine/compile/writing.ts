/** What the parts of a step's graph share while they are written. */
import type * as tensorflow from '@tensorflow/tfjs';
import type { FusedUpdate } from '../../catalog';
import type { StepOptions } from '../eager-step';
import type { GraphWriter } from './graph-writer';
import { dataTypes } from './protobuf';
import type { BindingHolder } from './recorder';

/** A tensor of the state, a weight or a slot of one, and its variable in the graph. */
export interface StateTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly variable: string;
}

export type Weight = tensorflow.LayersModel['weights'][number];

export interface Writing {
  readonly graph: GraphWriter;
  readonly options: StepOptions;
  readonly holder: BindingHolder;
  readonly update: FusedUpdate;
  readonly state: readonly StateTensor[];
  /** All weights of the model in layer order: the first of `state`. */
  readonly weights: readonly Weight[];
}

/** References of a batch in the graph. */
export interface Batch {
  readonly input: string;
  readonly target: string;
}

const float = { type: dataTypes.float32 } as const;

/** The batch's rows gathered from the data inside the graph, as the network takes them. @param rows reference, `[batch]` */
export function writeGather({ graph, options }: Writing, place: string, rows: string): Batch {
  const { data } = options;
  const indices = { Tindices: { type: dataTypes.int32 } };
  const pixels = data.inputs instanceof Uint8Array;
  let input = graph.add('ResourceGather', `${place}/inputs`, ['inputs', rows], {
    dtype: { type: pixels ? dataTypes.uint8 : dataTypes.float32 },
    ...indices,
  });
  if (pixels) input = graph.add('Cast', `${place}/float`, [input], { SrcT: { type: dataTypes.uint8 }, DstT: float });
  if (data.scale !== 1) {
    input = graph.add('Mul', `${place}/scaled`, [input, graph.scalar(`${place}/scale`, data.scale)], { T: float });
  }
  const target = graph.add('ResourceGather', `${place}/targets`, ['targets', rows], {
    dtype: { type: data.targets instanceof Int32Array ? dataTypes.int32 : dataTypes.float32 },
    ...indices,
  });
  return { input, target };
}

/** A real batch of that size to record with: rows from the beginning, over again where there are fewer. */
export function exampleRows(rows: number, batchSize: number): Int32Array {
  return Int32Array.from({ length: batchSize }, (_, index) => index % rows);
}

/** The native library's number of a tensor. */
export function idOf(holder: BindingHolder, tensor: tensorflow.Tensor): number {
  return holder.getInputTensorIds([tensor])[0] ?? -1;
}
