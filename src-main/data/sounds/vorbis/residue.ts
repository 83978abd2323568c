/** Residues (Vorbis I, section 8): the fine detail of spectra, coded in partitions that are refined in up to eight passes. */
import { EndOfPacket, type PacketReader } from './bits';
import type { Codebook } from './codebook';
import { OggDamage } from '../ogg';

export interface Residue {
  readonly kind: number;
  readonly begin: number;
  readonly end: number;
  readonly partition: number;
  readonly classes: number;
  readonly classbook: number;
  /** By class and pass; -1 for none. */
  readonly books: readonly (readonly number[])[];
}

const PASSES = 8;

export function readResidue(reader: PacketReader): Residue {
  const kind = reader.read(16);
  if (kind > 2) throw new OggDamage('a residue of unknown kind');
  const [begin, end, partition] = [reader.read(24), reader.read(24), reader.read(24) + 1];
  const classes = reader.read(6) + 1;
  const classbook = reader.read(8);
  const cascades = Array.from({ length: classes }, () => {
    const low = reader.read(3);
    return low + (reader.read(1) ? reader.read(5) * 8 : 0);
  });
  const books = cascades.map((cascade) =>
    Array.from({ length: PASSES }, (_, pass) => (cascade & (1 << pass) ? reader.read(8) : -1)),
  );
  return { kind, begin, end, partition, classes, classbook, books };
}

/**
 * @param isSilent channels that have no residue.
 * @param length of a channel's spectrum.
 * @returns one spectrum per channel.
 */
export function decodeResidue(
  reader: PacketReader,
  residue: Residue,
  books: readonly Codebook[],
  isSilent: readonly boolean[],
  length: number,
): Float32Array[] {
  const channels = isSilent.map(() => new Float32Array(length));
  if (residue.kind < 2) {
    decodeVectors(reader, residue, books, channels, isSilent);
    return channels;
  }
  // One vector in which the channels take turns.
  if (isSilent.every(Boolean)) return channels;
  const all = new Float32Array(length * channels.length);
  decodeVectors(reader, residue, books, [all], [false]);
  for (const [place, channel] of channels.entries()) {
    for (let at = 0; at < length; at++) channel[at] = all[at * channels.length + place] ?? 0;
  }
  return channels;
}

function decodeVectors(
  reader: PacketReader,
  residue: Residue,
  books: readonly Codebook[],
  vectors: readonly Float32Array[],
  isSilent: readonly boolean[],
): void {
  const { begin, end, partition, classes } = residue;
  const size = vectors[0]?.length ?? 0;
  const count = Math.floor((Math.min(end, size) - Math.min(begin, size)) / partition);
  const classbook = bookAt(books, residue.classbook);
  const classOf = vectors.map(() => new Uint8Array(count + classbook.dimensions));
  try {
    for (let pass = 0; pass < PASSES; pass++) {
      for (let first = 0; first < count; first += classbook.dimensions) {
        if (pass === 0) readClasses(reader, classbook, classes, classOf, isSilent, first);
        for (let at = first; at < Math.min(count, first + classbook.dimensions); at++) {
          for (const [place, vector] of vectors.entries()) {
            const book = isSilent[place] ? -1 : (residue.books[classOf[place]?.[at] ?? 0]?.[pass] ?? -1);
            if (book < 0) continue;
            const target = vector.subarray(begin + at * partition, begin + (at + 1) * partition);
            addPartition(reader, bookAt(books, book), target, residue.kind === 0);
          }
        }
      }
    }
  } catch (error) {
    // What is not there any more is silence.
    if (!(error instanceof EndOfPacket)) throw error;
  }
}

function bookAt(books: readonly Codebook[], place: number): Codebook {
  const book = books[place];
  if (!book) throw new OggDamage('a residue without its codebook');
  return book;
}

/** Classes of several partitions in one number, the last in its lowest digit. */
function readClasses(
  reader: PacketReader,
  classbook: Codebook,
  classes: number,
  classOf: readonly Uint8Array[],
  isSilent: readonly boolean[],
  first: number,
): void {
  for (const [place, own] of classOf.entries()) {
    if (isSilent[place]) continue;
    let number = classbook.number(reader);
    for (let at = classbook.dimensions - 1; at >= 0; at--) {
      own[first + at] = number % classes;
      number = Math.floor(number / classes);
    }
  }
}

/** @param isSpread whether the values of a vector lie a step apart (kind 0) or side by side. */
function addPartition(
  reader: PacketReader,
  { dimensions, vectors, number }: Codebook,
  target: Float32Array,
  isSpread: boolean,
): void {
  if (vectors.length === 0) throw new OggDamage('a residue whose codebook has no vectors');
  const step = isSpread ? Math.floor(target.length / dimensions) : 1;
  const rounds = Math.floor(target.length / dimensions);
  for (let round = 0; round < rounds; round++) {
    const entry = number(reader) * dimensions;
    const start = isSpread ? round : round * dimensions;
    for (let at = 0; at < dimensions; at++) {
      const place = start + at * step;
      target[place] = (target[place] ?? 0) + (vectors[entry + at] ?? 0);
    }
  }
}
