/** The weights of pretrained layers, out of the app's resources: checked, and brought from 8 or 16 to 32 bits. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Normalization, PretrainedSource, PretrainedWeights, StoredTensor } from '../catalog';
import { CodedError } from '../contract';

/**
 * @param resources the app's folder of resources.
 * @param normalization of the data that the network is given.
 */
export function pretrainedFrom(resources: string, normalization: Normalization | null = null): PretrainedSource {
  const open = new Map<string, Float32Array>();
  return {
    normalization,
    read(weights) {
      const values = open.get(weights.sha256) ?? readWeights(resources, weights);
      open.set(weights.sha256, values);
      return values;
    },
  };
}

/** @throws CodedError `pretrained-unreadable` where the file is missing or not the one that was meant. */
function readWeights(resources: string, { file, sha256, tensors }: PretrainedWeights): Float32Array {
  const path = join(resources, file);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CodedError('pretrained-unreadable', { path, detail: String(error) }, error);
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new CodedError('pretrained-unreadable', { path, detail: `its sha256 is ${found}` });
  return tensors ? fromTensors(bytes, tensors) : fromHalves(bytes);
}

/** IEEE 754 halves, little-endian. A plain loop: millions of values are a matter of a second otherwise. */
function fromHalves(bytes: Buffer): Float32Array {
  const values = new Float32Array(bytes.length / 2);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < values.length; index += 1) {
    const half = view.getUint16(2 * index, true);
    const exponent = (half >> 10) & 0x1f;
    const mantissa = half & 0x3ff;
    const size = exponent === 0 ? mantissa * smallestHalf : (mantissa + 1024) * (halfPowers[exponent] ?? NaN);
    values[index] = half & 0x8000 ? -size : size;
  }
  return values;
}

const smallestHalf = 2 ** -24;
/** By a half's exponent, what its mantissa of 11 bits is multiplied by. */
const halfPowers = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** (exponent - 25));

/** Tensor by tensor as the table says. */
function fromTensors(bytes: Buffer, tensors: readonly StoredTensor[]): Float32Array {
  const sizes = tensors.map(({ shape }) => shape.reduce((product, side) => product * side, 1));
  const values = new Float32Array(sizes.reduce((total, size) => total + size, 0));
  let [from, to] = [0, 0];
  const floats = (count: number) => {
    // A copy, because a view of float32 must begin at a multiple of four bytes.
    const copy = new Uint8Array(bytes.subarray(from, (from += 4 * count)));
    return new Float32Array(copy.buffer);
  };
  for (const [place, { shape, scales }] of tensors.entries()) {
    const size = sizes[place] ?? 0;
    const own = values.subarray(to, (to += size));
    if (scales === 'none') own.set(floats(size));
    else {
      const [rows = 0, columns = 0] = shape;
      const factors = floats(scales === 'rows' ? rows : columns);
      multiply(own, new Int8Array(bytes.buffer, bytes.byteOffset + from, size), factors, { columns, scales });
      from += size;
    }
  }
  return values;
}

/** Each value times the scale of its row or its column. */
function multiply(
  into: Float32Array,
  values: Int8Array,
  factors: Float32Array,
  { columns, scales }: { readonly columns: number; readonly scales: 'rows' | 'columns' },
): void {
  for (let start = 0, row = 0; start < values.length; start += columns, row++) {
    for (let column = 0; column < columns; column++) {
      const factor = factors[scales === 'rows' ? row : column] ?? NaN;
      into[start + column] = (values[start + column] ?? NaN) * factor;
    }
  }
}
