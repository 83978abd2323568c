/** One channel of a FLAC frame (RFC 9639, section 9.2): constant, verbatim, or predicted with a coded residual. */
import type { BitReader } from './flac-bits';

/** Predictors of order 0 to 4 (RFC 9639, table 21): what each earlier sample counts, the latest first. */
const FIXED = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

/**
 * @param size samples of the block.
 * @param bits of a sample, one more for a difference of channels.
 * @param damaged makes the error for what can't be.
 * @returns whole numbers.
 */
export function readSubframe(
  reader: BitReader,
  size: number,
  bits: number,
  damaged: (what: string) => Error,
): Float64Array {
  if (reader.read(1) !== 0) throw damaged('a channel does not begin where it should');
  const kind = reader.read(6);
  const wasted = reader.read(1) === 1 ? reader.readUnary() + 1 : 0;
  const width = bits - wasted;
  if (width < 1) throw damaged('a channel without bits');
  const samples = readSamples(reader, kind, size, width, damaged);
  if (wasted > 0) for (let at = 0; at < size; at++) samples[at] = (samples[at] ?? 0) * 2 ** wasted;
  return samples;
}

function readSamples(
  reader: BitReader,
  kind: number,
  size: number,
  width: number,
  damaged: (what: string) => Error,
): Float64Array {
  const samples = new Float64Array(size);
  if (kind === 0) return samples.fill(reader.readSigned(width));
  if (kind === 1) {
    for (let at = 0; at < size; at++) samples[at] = reader.readSigned(width);
    return samples;
  }
  const order = kind >= 32 ? kind - 31 : kind - 8;
  const isFixed = kind >= 8 && kind <= 12;
  if (!isFixed && kind < 32) throw damaged(`a channel of unknown kind ${kind}`);
  if (order > size) throw damaged('a predictor longer than its block');
  for (let at = 0; at < order; at++) samples[at] = reader.readSigned(width);
  let shift = 0;
  let coefficients: readonly number[] = FIXED[order] ?? [];
  if (!isFixed) {
    const precision = reader.read(4) + 1;
    shift = reader.readSigned(5);
    if (precision === 16 || shift < 0) throw damaged('a predictor that is reserved');
    coefficients = Array.from({ length: order }, () => reader.readSigned(precision));
  }
  readResidual(reader, samples, order, damaged);
  predict(samples, order, Float64Array.from(coefficients), 2 ** shift);
  return samples;
}

/** Rice codes in partitions; each value is written where its sample will be. */
function readResidual(reader: BitReader, samples: Float64Array, order: number, damaged: (what: string) => Error): void {
  const method = reader.read(2);
  if (method > 1) throw damaged('a residual of unknown coding');
  const [parameterBits, escape] = method === 0 ? [4, 15] : [5, 31];
  const partitionOrder = reader.read(4);
  const partitionSize = samples.length >> partitionOrder;
  const isUneven = partitionSize << partitionOrder !== samples.length;
  if (isUneven || (partitionOrder > 0 && partitionSize < order)) throw damaged('partitions that do not fit');
  let at = order;
  for (let partition = 0; partition < 1 << partitionOrder; partition++) {
    const end = (partition + 1) * partitionSize;
    const parameter = reader.read(parameterBits);
    if (parameter === escape) {
      const width = reader.read(5);
      for (; at < end; at++) samples[at] = width === 0 ? 0 : reader.readSigned(width);
      continue;
    }
    for (; at < end; at++) {
      const folded = reader.readUnary() * 2 ** parameter + reader.read(parameter);
      samples[at] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
    }
  }
}

/** Adds to each residual what the samples before it predict; in float64, which holds every sum of them exactly. */
function predict(samples: Float64Array, order: number, coefficients: Float64Array, divisor: number): void {
  for (let at = order; at < samples.length; at++) {
    let sum = 0;
    for (let back = 0; back < order; back++) sum += (coefficients[back] ?? 0) * (samples[at - 1 - back] ?? 0);
    samples[at] = (samples[at] ?? 0) + Math.floor(sum / divisor);
  }
}
