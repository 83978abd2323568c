/** The headers of a Vorbis stream (Vorbis I, section 4.2): how many channels and samples, and how packets are to be read. */
import { bitLength, PacketReader } from './bits';
import { readCodebook, type Codebook } from './codebook';
import { readFloor, type Floor } from './floor';
import { OggDamage } from '../ogg';
import { readResidue, type Residue } from './residue';

export interface Mapping {
  /** Pairs of channels kept as magnitude and angle. */
  readonly coupling: readonly { readonly magnitude: number; readonly angle: number }[];
  /** Which of the floors and residues below each channel has. */
  readonly submapOf: readonly number[];
  readonly submaps: readonly { readonly floor: Floor; readonly residue: Residue }[];
}

export interface Mode {
  readonly isLong: boolean;
  readonly mapping: Mapping;
}

export interface VorbisSetup {
  readonly channels: number;
  readonly rate: number;
  /** Samples of a short and a long block. */
  readonly blocks: readonly [number, number];
  readonly books: readonly Codebook[];
  readonly modes: readonly Mode[];
}

const IDENTIFICATION = 1;
const SETUP = 5;

export function isVorbis(packet: Uint8Array | undefined): boolean {
  return packet !== undefined && String.fromCharCode(...packet.subarray(0, 7)) === '\x01vorbis';
}

/** @throws OggDamage, EndOfPacket */
export function readSetup([identification, , setup]: readonly Uint8Array[]): VorbisSetup {
  const first = open(identification, IDENTIFICATION);
  first.read(32);
  const channels = first.read(8);
  const rate = first.read(32);
  for (let rates = 0; rates < 3; rates++) first.read(32);
  const blocks: [number, number] = [2 ** first.read(4), 2 ** first.read(4)];
  if (channels < 1 || blocks[0] < 64 || blocks[1] > 8192 || blocks[0] > blocks[1]) throw new OggDamage('wrong blocks');
  const reader = open(setup, SETUP);
  const books = list(reader, reader.read(8) + 1, readCodebook);
  // Places for transforms in time, of which none was ever made.
  list(reader, reader.read(6) + 1, () => reader.read(16));
  const floors = list(reader, reader.read(6) + 1, readFloor);
  const residues = list(reader, reader.read(6) + 1, readResidue);
  const mappings = list(reader, reader.read(6) + 1, () => readMapping(reader, channels, floors, residues));
  const modes = list(reader, reader.read(6) + 1, (): Mode => {
    const isLong = reader.read(1) === 1;
    reader.read(32);
    return { isLong, mapping: at(mappings, reader.read(8)) };
  });
  return { channels, rate, blocks, books, modes };
}

function open(packet: Uint8Array | undefined, kind: number): PacketReader {
  const name = String.fromCharCode(...(packet ?? []).slice(1, 7));
  if (!packet || packet[0] !== kind || name !== 'vorbis') throw new OggDamage('a header is missing');
  return new PacketReader(packet.subarray(7));
}

function list<Entry>(reader: PacketReader, count: number, read: (reader: PacketReader) => Entry): Entry[] {
  return Array.from({ length: count }, () => read(reader));
}

/** @throws OggDamage for a place that is not in the list */
export function at<Entry>(entries: readonly Entry[], place: number): Entry {
  const entry = entries[place];
  if (entry === undefined) throw new OggDamage(`there is no entry ${place}`);
  return entry;
}

function readMapping(
  reader: PacketReader,
  channels: number,
  floors: readonly Floor[],
  residues: readonly Residue[],
): Mapping {
  if (reader.read(16) !== 0) throw new OggDamage('a mapping of unknown kind');
  const count = reader.read(1) ? reader.read(4) + 1 : 1;
  const bits = bitLength(channels - 1);
  const steps = reader.read(1) ? reader.read(8) + 1 : 0;
  const coupling = Array.from({ length: steps }, () => ({ magnitude: reader.read(bits), angle: reader.read(bits) }));
  const isWrong = coupling.some(
    ({ magnitude, angle }) => magnitude === angle || Math.max(magnitude, angle) >= channels,
  );
  if (isWrong || reader.read(2) !== 0) throw new OggDamage('a wrong mapping');
  const submapOf = Array.from({ length: channels }, () => (count > 1 ? reader.read(4) : 0));
  const submaps = Array.from({ length: count }, () => {
    reader.read(8);
    return { floor: at(floors, reader.read(8)), residue: at(residues, reader.read(8)) };
  });
  for (const submap of submapOf) at(submaps, submap);
  return { coupling, submapOf, submaps };
}
