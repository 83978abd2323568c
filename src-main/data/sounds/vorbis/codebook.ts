/** Codebooks (Vorbis I, section 3): Huffman codes of numbers, each of which may stand for a vector. */
import { bitLength, type PacketReader } from './bits';
import { OggDamage } from '../ogg';

export interface Codebook {
  readonly dimensions: number;
  /** @returns the number whose code comes next. */
  number(reader: PacketReader): number;
  /** `entries × dimensions`; empty where numbers stand for themselves. */
  readonly vectors: Float32Array;
}

/** More than any encoder writes; what is beyond would be there to fill a memory. */
const MOST_ENTRIES = 65_536;
const MOST_VALUES = 1 << 21;
const SYNC = 0x564342;
const UNUSED = 0;

export function readCodebook(reader: PacketReader): Codebook {
  if (reader.read(24) !== SYNC) throw new OggDamage('a codebook does not begin where it should');
  const dimensions = reader.read(16);
  const entries = reader.read(24);
  if (dimensions < 1 || entries < 1 || entries > MOST_ENTRIES || entries * dimensions > MOST_VALUES) {
    throw new OggDamage(`a codebook of ${entries} × ${dimensions}`);
  }
  const tree = buildTree(reader.read(1) ? orderedLengths(reader, entries) : plainLengths(reader, entries));
  const vectors = readVectors(reader, entries, dimensions);
  return {
    dimensions,
    vectors,
    number(packet) {
      let node = 0;
      for (;;) {
        const next = tree[2 * node + packet.read(1)] ?? 0;
        if (next < 0) return -next - 1;
        if (next === 0) throw new OggDamage('a code that stands for nothing');
        node = next;
      }
    },
  };
}

function plainLengths(reader: PacketReader, entries: number): Uint8Array {
  const isSparse = reader.read(1) === 1;
  return Uint8Array.from({ length: entries }, () => (isSparse && !reader.read(1) ? UNUSED : reader.read(5) + 1));
}

function orderedLengths(reader: PacketReader, entries: number): Uint8Array {
  const lengths = new Uint8Array(entries);
  let length = reader.read(5) + 1;
  for (let entry = 0; entry < entries; length++) {
    const count = reader.read(bitLength(entries - entry));
    if (entry + count > entries || length > 32) throw new OggDamage('a codebook with too many codes');
    lengths.fill(length, entry, entry + count);
    entry += count;
  }
  return lengths;
}

/**
 * The tree of codes: two numbers a node, where bit 0 and 1 lead: another node, or -1 - entry, or 0 for nowhere. Each entry gets
 * the lowest free code of its length.
 */
function buildTree(lengths: Uint8Array): readonly number[] {
  const tree = [0, 0];
  /** Nodes under which no code is free. */
  const full = new Set<number>();
  const place = (node: number, depth: number, entry: number): boolean => {
    if (full.has(node)) return false;
    for (const bit of [0, 1]) {
      const at = 2 * node + bit;
      const child = tree[at] ?? 0;
      if (child < 0 || (depth === 1 && child > 0)) continue;
      if (depth === 1) {
        tree[at] = -1 - entry;
        return true;
      }
      const next = child || tree.length / 2;
      if (!child) tree.push(0, 0);
      tree[at] = next;
      if (place(next, depth - 1, entry)) return true;
    }
    const [left = 0, right = 0] = tree.slice(2 * node, 2 * node + 2);
    if ([left, right].every((child) => child < 0 || full.has(child))) full.add(node);
    return false;
  };
  for (const [entry, length] of lengths.entries()) {
    if (length !== UNUSED && !place(0, length, entry)) throw new OggDamage('a codebook with too many codes');
  }
  return tree;
}

function readVectors(reader: PacketReader, entries: number, dimensions: number): Float32Array {
  const kind = reader.read(4);
  if (kind === 0) return new Float32Array();
  if (kind > 2) throw new OggDamage('a codebook of unknown kind');
  const least = readFloat(reader);
  const step = readFloat(reader);
  const bits = reader.read(4) + 1;
  const isSum = reader.read(1) === 1;
  const perDimension = kind === 1 ? latticeSide(entries, dimensions) : 0;
  const given = Float64Array.from({ length: kind === 1 ? perDimension : entries * dimensions }, () =>
    reader.read(bits),
  );
  const vectors = new Float32Array(entries * dimensions);
  for (let entry = 0; entry < entries; entry++) {
    let [last, divisor] = [0, 1];
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const place = kind === 1 ? Math.floor(entry / divisor) % perDimension : entry * dimensions + dimension;
      const value = (given[place] ?? 0) * step + least + last;
      vectors[entry * dimensions + dimension] = value;
      if (isSum) last = value;
      divisor *= perDimension;
    }
  }
  return vectors;
}

/** The largest number whose power is at most the entries. */
function latticeSide(entries: number, dimensions: number): number {
  let side = Math.floor(entries ** (1 / dimensions));
  while ((side + 1) ** dimensions <= entries) side += 1;
  while (side > 1 && side ** dimensions > entries) side -= 1;
  return Math.max(1, side);
}

/** 21 bits of mantissa, 10 of exponent, one of sign (section 9.2.2). */
function readFloat(reader: PacketReader): number {
  const bits = reader.read(32);
  const mantissa = bits % 2 ** 21;
  const exponent = Math.floor(bits / 2 ** 21) % 1024;
  return (bits >= 2 ** 31 ? -mantissa : mantissa) * 2 ** (exponent - 788);
}
