/** Weights as bytes and back: float32, little-endian, in layer order, with a list of names and shapes beside them. */
import type * as tensorflow from '@tensorflow/tfjs';
import { isPretrained } from '../catalog';
import { CodedError } from '../contract';
import type { TensorFlow } from './tf';

export interface ManifestEntry {
  readonly name: string;
  readonly shape: readonly number[];
}
export type Manifest = readonly ManifestEntry[];

export interface NamedTensor {
  readonly name: string;
  readonly tensor: tensorflow.Tensor;
}

export type Weight = tensorflow.LayersModel['weights'][number];

/** The weights that belong to a model, in layer order, moving statistics with them: all but what its layers bring. */
export function ownWeights(model: tensorflow.LayersModel): Weight[] {
  const brought = new Set<Weight>(broughtWeights(model));
  return model.layers.flatMap((layer) => layer.weights).filter((weight) => !brought.has(weight));
}

/** Frozen weights of pretrained layers: they never change, and come from the app's resources. */
export function broughtWeights(model: tensorflow.LayersModel): Weight[] {
  return model.layers.flatMap((layer) => (isPretrained(layer) ? layer.fixedWeights : []));
}

/** A model's own weights as they are now. */
export function modelWeights(model: tensorflow.LayersModel): NamedTensor[] {
  return named(ownWeights(model));
}

export function named(weights: readonly Weight[]): NamedTensor[] {
  // `originalName` is what the layer asked for; `name` gets a number when two models live in one process.
  return weights.map((weight) => ({ name: weight.originalName, tensor: weight.read() }));
}

export function manifestOf(tensors: readonly NamedTensor[]): Manifest {
  return tensors.map(({ name, tensor }) => ({ name, shape: [...tensor.shape] }));
}

/** Downloads tensors and lays their bytes one after another. */
export async function toBytes(tensors: readonly NamedTensor[]): Promise<Uint8Array> {
  const values = await Promise.all(tensors.map(({ tensor }) => tensor.data()));
  const bytes = new Uint8Array(values.reduce((total, value) => total + value.byteLength, 0));
  let offset = 0;
  for (const value of values) {
    bytes.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), offset);
    offset += value.byteLength;
  }
  return bytes;
}

/**
 * Cuts bytes into the arrays that a manifest names.
 * @throws CodedError `unexpected` where their length does not fit.
 */
export function fromBytes(bytes: Uint8Array, manifest: Manifest): Float32Array[] {
  const sizes = manifest.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
  const expected = 4 * sizes.reduce((total, size) => total + size, 0);
  if (bytes.byteLength !== expected) {
    throw new CodedError('unexpected', { detail: `weights have ${bytes.byteLength} bytes instead of ${expected}` });
  }
  // A copy, because a view of float32 must begin at a multiple of four bytes. (A Buffer's own `slice` would not copy.)
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  let offset = 0;
  return sizes.map((size) => values.slice(offset, (offset += size)));
}

/** Puts saved weights into a model built from the same network. */
export function setModelWeights(tf: TensorFlow, model: tensorflow.LayersModel, bytes: Uint8Array): void {
  const variables = ownWeights(model);
  const manifest = manifestOf(modelWeights(model));
  const arrays = fromBytes(bytes, manifest);
  tf.tidy(() => {
    for (const [index, variable] of variables.entries()) {
      variable.write(tf.tensor(arrays[index] ?? new Float32Array(), [...(manifest[index]?.shape ?? [])]));
    }
  });
}
