/**
 * Where a step's batches come from: data that stands in the graph as variables, of which the rows are gathered by their
 * indices, or inputs too large for that, which are fed batch by batch. Targets are few bytes and always stand in the graph.
 */
import { inputType, residentInputs, rowCount, streamedInputs, type TrainingData } from '../training-data';
import type { GraphWriter } from './graph-writer';
import { dataTypes } from './protobuf';
import type { Feed, Values } from './session';

const float = { type: dataTypes.float32 } as const;

/** References of a batch in the graph. */
export interface Batch {
  readonly input: string;
  readonly target: string;
  /** What each row's loss counts, where the data says so and the batch is trained on. */
  readonly weights?: string;
}

export function writeDataVariables(graph: GraphWriter, data: TrainingData): void {
  const rows = rowCount(data);
  const classes = data.targets instanceof Int32Array;
  if (!streamedInputs(data)) graph.variable('inputs', dataTypes[inputType(data)], [rows, ...data.inputShape]);
  graph.variable(
    'targets',
    classes ? dataTypes.int32 : dataTypes.float32,
    classes ? [rows] : [rows, data.targetWidth ?? 1],
  );
  if (data.weights) graph.variable('weights', dataTypes.float32, [rows]);
}

/** How much of it the graph's variables take. */
export function bytesInGraph(data: TrainingData): number {
  const values = streamedInputs(data) ? 0 : data.inputShape.reduce((product, side) => product * side, rowCount(data));
  return values * (inputType(data) === 'uint8' ? 1 : 4) + data.targets.byteLength + (data.weights?.byteLength ?? 0);
}

/** What a loaded graph's variables are filled with. What is read from a file for that is not kept: the graph has its own copy. */
export function dataVariables(data: TrainingData): Feed[] {
  const rows = rowCount(data);
  const inputs = residentInputs(data);
  const { targets, targetWidth = 1, weights } = data;
  const places = targets instanceof Int32Array ? { dtype: dataTypes.int32, shape: [rows] } : null;
  return [
    ...(inputs
      ? [{ name: 'inputs', dtype: dataTypes[inputType(data)], shape: [rows, ...data.inputShape], values: inputs }]
      : []),
    { name: 'targets', ...(places ?? { dtype: dataTypes.float32, shape: [rows, targetWidth] }), values: targets },
    ...(weights ? [{ name: 'weights', dtype: dataTypes.float32, shape: [rows], values: weights }] : []),
  ];
}

/**
 * A batch as the network takes it.
 * @param rows reference of the rows' indices, `[batch]`
 * @param fed reference of the rows themselves, where they do not stand in the graph.
 */
export function writeBatch(
  graph: GraphWriter,
  data: TrainingData,
  place: string,
  rows: string,
  fed: string | undefined,
): Batch {
  const indices = { Tindices: { type: dataTypes.int32 } };
  const type = dataTypes[inputType(data)];
  let input = fed ?? graph.add('ResourceGather', `${place}/inputs`, ['inputs', rows], { dtype: { type }, ...indices });
  if (type === dataTypes.uint8) input = graph.add('Cast', `${place}/float`, [input], { SrcT: { type }, DstT: float });
  if (data.scale !== 1) {
    input = graph.add('Mul', `${place}/scaled`, [input, graph.scalar(`${place}/scale`, data.scale)], { T: float });
  }
  const target = data.isReconstructed
    ? input
    : graph.add('ResourceGather', `${place}/targets`, ['targets', rows], {
        dtype: { type: data.targets instanceof Int32Array ? dataTypes.int32 : dataTypes.float32 },
        ...indices,
      });
  if (!data.weights) return { input, target };
  const gather = { dtype: float, ...indices };
  return { input, target, weights: graph.add('ResourceGather', `${place}/weights`, ['weights', rows], gather) };
}

/** Feeds what does not stand in the graph. */
export class InputFeeder {
  readonly #data: TrainingData;
  /** The batches of a call of several steps, one after the other. */
  #joined: Uint8Array | Float32Array = new Uint8Array();

  constructor(data: TrainingData) {
    this.#data = data;
  }

  /**
   * @param shape of the rows: `[batch]`, or `[steps, batch]`.
   * @returns a feed that is good until the next call; none where the data stands in the graph.
   */
  feeds(name: string, shape: readonly number[], batches: readonly Int32Array[]): Feed[] {
    const streamed = streamedInputs(this.#data);
    if (!streamed) return [];
    const [only] = batches;
    const values = batches.length === 1 && only ? streamed.take(only) : this.#join(batches);
    const dtype = dataTypes[streamed.type];
    return [{ name, dtype, shape: [...shape, ...this.#data.inputShape], values }];
  }

  #join(batches: readonly Int32Array[]): Values {
    const streamed = streamedInputs(this.#data);
    let at = 0;
    for (const batch of batches) {
      const values = streamed?.take(batch) ?? new Uint8Array();
      const length = values.length * batches.length;
      if (this.#joined.length !== length) {
        this.#joined = values instanceof Uint8Array ? new Uint8Array(length) : new Float32Array(length);
      }
      this.#joined.set(values, at);
      at += values.length;
    }
    return this.#joined;
  }
}
