/** The weights of pretrained layers, out of the app's resources: checked, and brought from 16 to 32 bits. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Normalization, PretrainedSource, PretrainedWeights } from '../catalog';
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
function readWeights(resources: string, { file, sha256 }: PretrainedWeights): Float32Array {
  const path = join(resources, file);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CodedError('pretrained-unreadable', { path, detail: String(error) }, error);
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new CodedError('pretrained-unreadable', { path, detail: `its sha256 is ${found}` });
  return fromHalves(bytes);
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
