/**
 * Records what one JavaScript function asks of TensorFlow. tfjs reaches the native library through three calls of its
 * binding only (`executeOp`, `createTensor`, `deleteTensor`), so a recorder around them sees the whole computation as op
 * names, attributes and tensor ids: enough to write it as a graph.
 */
import type * as tensorflow from '@tensorflow/tfjs';
import type { Shape } from '../../contract';
import type { Attribute } from './protobuf';

/** The parts of tfjs-node's native binding that are used here (see its `tfjs_binding.d.ts`). */
export interface NativeBinding {
  createTensor(shape: readonly number[], dtype: number, values: ArrayBufferView | readonly unknown[]): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  executeOp(
    name: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): NativeTensor[];
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(id: number, inputs: readonly number[], inputNames: string, outputNames: string): NativeTensor[];
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
}

export interface NativeTensor {
  readonly id: number;
  readonly shape: Shape;
  readonly dtype: number;
}

export interface NativeAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

/** The tfjs backend that holds the binding; replaceable, which is the one door for the recorder. */
export interface BindingHolder {
  binding: NativeBinding;
  /** Native ids of tensors; uploads those that JavaScript still holds. */
  getInputTensorIds(tensors: readonly tensorflow.Tensor[]): number[];
}

export interface RecordedOp {
  readonly name: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly inputs: readonly number[];
  readonly outputs: readonly NativeTensor[];
}

export interface RecordedConstant {
  readonly dtype: number;
  readonly shape: Shape;
  readonly bytes: Uint8Array;
}

export interface Recording {
  readonly ops: readonly RecordedOp[];
  /** By tensor id: data that JavaScript handed over while recording. */
  readonly constants: ReadonlyMap<number, RecordedConstant>;
}

/** Something in the step that a graph can't repeat; the model then trains eagerly and its record says why. */
export class NotRecordable extends Error {
  override readonly name = 'NotRecordable';
}

/**
 * Runs `work` for real and keeps everything it asks of the native library.
 * @throws NotRecordable for an attribute or constant of a kind that a graph can't hold, or data read back half-way (its
 * value would be frozen into the graph).
 */
export function record<T>(holder: BindingHolder, work: () => T): { readonly result: T; readonly recording: Recording } {
  const real = holder.binding;
  const ops: RecordedOp[] = [];
  const constants = new Map<number, RecordedConstant>();
  const taps: Partial<NativeBinding> = {
    executeOp(name, attributes, inputs, count) {
      const outputs = real.executeOp(name, attributes, inputs, count);
      ops.push({ name, attributes: readAttributes(real, name, attributes), inputs: [...inputs], outputs });
      return outputs;
    },
    createTensor(shape, dtype, values) {
      const id = real.createTensor(shape, dtype, values);
      if (!ArrayBuffer.isView(values)) throw new NotRecordable('a constant that is not numbers');
      constants.set(id, {
        dtype,
        shape: [...shape],
        bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice(),
      });
      return id;
    },
    tensorDataSync() {
      throw new NotRecordable('a value that is read back in the middle of a step');
    },
    deleteTensor(id) {
      // Ids are never used again within a process, so a deleted tensor's record stays valid.
      real.deleteTensor(id);
    },
  };
  // Its functions are read-only on the real object, so the proxy stands on an empty one.
  holder.binding = new Proxy({} as NativeBinding, {
    get(_target, key) {
      const tap: unknown = Reflect.get(taps, key);
      if (tap) return tap;
      const value: unknown = Reflect.get(real, key);
      return typeof value === 'function' ? value.bind(real) : value;
    },
  });
  try {
    return { result: work(), recording: { ops, constants } };
  } finally {
    holder.binding = real;
  }
}

function readAttributes(
  binding: NativeBinding,
  op: string,
  attributes: readonly NativeAttribute[],
): Readonly<Record<string, Attribute>> {
  const read = (attribute: NativeAttribute): [string, Attribute] => {
    const { name, type, value } = attribute;
    const list = Array.isArray(value);
    if (type === binding.TF_ATTR_TYPE && typeof value === 'number') return [name, { type: value }];
    if (type === binding.TF_ATTR_BOOL && typeof value === 'boolean') return [name, { bool: value }];
    if (type === binding.TF_ATTR_INT && typeof value === 'number') return [name, { int: value }];
    if (type === binding.TF_ATTR_INT && list) return [name, { ints: value }];
    if (type === binding.TF_ATTR_FLOAT && typeof value === 'number') return [name, { float: value }];
    if (type === binding.TF_ATTR_FLOAT && list) return [name, { floats: value }];
    if (type === binding.TF_ATTR_STRING && typeof value === 'string') return [name, { string: value }];
    if (type === binding.TF_ATTR_SHAPE && list) return [name, { shape: value }];
    throw new NotRecordable(`the attribute ${name} of ${op}`);
  };
  return Object.fromEntries(attributes.map(read));
}
