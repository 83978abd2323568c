/**
 * Layers whose weights were learnt before, on other data: what they say of themselves, how they get their weights, and which
 * part of a network never changes, so that what it makes of a row needs to be computed only once.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import { dataSource, type NetworkSpec, type Shape } from '../contract';
import type { LayerDefinition } from './definitions';
import { parseFields } from './fields';
import { graphOf, inputsOf } from './graph';
import { layers } from './index';
import type { Normalization } from './step-definitions';

/** What a pretrained layer's definition adds to a layer's. */
export interface PretrainedWeights {
  /** Below the app's resources; its folder holds the licence. */
  readonly file: string;
  /** Of the file: a saved model names it, as it stores nothing of what was not trained. */
  readonly sha256: string;
  /** How the file holds its values; absent where all are 16-bit floating point. */
  readonly tensors?: readonly StoredTensor[];
  /**
   * What of it stays as it is with these fields: all, a part that gives this shape of one example, or nothing (null).
   * @param input shape of one example of the data.
   */
  readonly frozen: (values: ReturnType<typeof parseFields>, input: Shape) => FrozenPart | null;
}

/**
 * A tensor in a file that mixes forms: float32 without scales; else a matrix of int8, before it float32 scales, by one of
 * which each row or each column is multiplied.
 */
export interface StoredTensor {
  readonly shape: Shape;
  readonly scales: 'none' | 'rows' | 'columns';
}

export interface FrozenPart {
  readonly isWhole: boolean;
  /** What it depends on besides the weights and the shape: what was computed with other settings is something else. */
  readonly settings: readonly number[];
  /** Of one example, as the part gives it. */
  readonly shape: Shape;
  /** Where rows are augmented: changed copies of each training row that it is run on, of which training draws. */
  readonly copies: number;
}

/** What pretrained layers are built with. */
export interface PretrainedSource {
  /** All values of a file, as they follow one another. @throws CodedError `pretrained-unreadable` */
  readonly read: (weights: PretrainedWeights) => Float32Array;
  /** By channel, what was taken off and divided by before the network: a layer with a scaling of its own takes it back. */
  readonly normalization: Normalization | null;
}

/** A pretrained layer when it is built. */
export interface PretrainedLayer {
  /** Weights that never change: they are not saved, as the layer brings them. */
  readonly fixedWeights: readonly tensorflow.LayerVariable[];
  /** What the learning rate of its other weights is multiplied by. */
  readonly rate: number;
  /** Rows that fit into memory while nothing is trained. */
  readonly rowsAtOnce: number;
  /**
   * How many steps of a row there are before its padding, which changes nothing: where the layer says so, rows of alike
   * lengths are computed together, without the padding of all of them.
   */
  readonly stepsOf?: ((row: Float32Array) => number) | undefined;
  /** What its frozen part gives for a batch. Call inside `tf.tidy`. */
  frozenPart(input: tensorflow.Tensor): tensorflow.Tensor;
}

export function isPretrained(layer: tensorflow.layers.Layer): layer is tensorflow.layers.Layer & PretrainedLayer {
  return 'fixedWeights' in layer;
}

/** The beginning of a network that never changes while it is trained. */
export interface FrozenStart {
  /** The layer it lies in, and its fields. */
  readonly definition: LayerDefinition;
  readonly pretrained: PretrainedWeights;
  readonly values: ReturnType<typeof parseFields>;
  /** Whether the whole layer is frozen; else its last blocks are trained. */
  readonly isWhole: boolean;
  /** What the beginning gives for one example. */
  readonly shape: Shape;
  /** As in `FrozenPart`. */
  readonly settings: readonly number[];
  readonly copies: number;
  /** What is left to train: a network on `shape`. */
  readonly rest: NetworkSpec;
}

/** The pretrained layers of a network with what they are. */
export function pretrainedOf(network: NetworkSpec): readonly (LayerDefinition & { pretrained: PretrainedWeights })[] {
  return network.layers.flatMap(({ type }) => {
    const definition = layers.has(type) ? layers.get(type) : null;
    return definition?.pretrained ? [{ ...definition, pretrained: definition.pretrained }] : [];
  });
}

/**
 * The frozen part of a pretrained layer that alone takes the data; null where there is none. Of a network that is valid.
 * @param input shape of one example of the data.
 */
export function frozenStart(network: NetworkSpec, input: Shape): FrozenStart | null {
  const { sources, takers } = graphOf(network);
  const [index, ...others] = sources.flatMap((from, place) => (from.includes('data') ? [place] : []));
  if (index === undefined || others.length > 0 || sources[index]?.length !== 1 || !takers[index]?.length) return null;
  const spec = network.layers[index];
  const definition = spec && layers.has(spec.type) ? layers.get(spec.type) : null;
  if (!spec || !definition?.pretrained) return null;
  const { pretrained } = definition;
  const values = parseFields(definition.fields, spec.fields, definition.label.en);
  const frozen = pretrained.frozen(values, input);
  if (!frozen) return null;
  const connected = network.layers.map((layer, place) => ({ ...layer, inputs: [...inputsOf(network, place)] }));
  const behind = connected
    .filter(({ id }) => id !== spec.id)
    .map((layer) => ({ ...layer, inputs: layer.inputs.map((id) => (id === spec.id ? dataSource : id)) }));
  const rest = frozen.isWhole ? { layers: behind } : network;
  const { isWhole, shape, settings, copies } = frozen;
  return { definition, pretrained, values, isWhole, shape, settings, copies, rest };
}
