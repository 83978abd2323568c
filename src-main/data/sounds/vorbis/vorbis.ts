/**
 * Vorbis packets of an Ogg stream (Vorbis I specification, Xiph.Org 2020), decoded here because the packages that do it bring a parser under the LGPL.
 * Floors of kind 0, which no encoder has written since 2001, are refused.
 */
import { checkFormat, checkLength, joined, soundError, type Sound, type SoundLimits } from '../sound';
import { bitLength, EndOfPacket, PacketReader } from './bits';
import { applyWindow, inverseMdct, overlap } from './block';
import { floorCurve, readHeights } from './floor';
import { OggDamage } from '../ogg';
import { decodeResidue } from './residue';
import { at, readSetup, type Mapping, type VorbisSetup } from './setup';

const HEADERS = 3;

/**
 * @param end what the last page says that the stream ends with, in samples; null where no page says.
 * @throws CodedError `sound-damaged`, `sound-too-long`, `sound-empty`
 */
export function decodeVorbis(packets: readonly Uint8Array[], end: number | null, limits: SoundLimits): Sound {
  try {
    const setup = readSetup(packets);
    checkFormat(setup.rate, setup.channels, limits);
    if (end !== null) checkLength(end, setup.rate, limits);
    const samples = decodePackets(setup, packets.slice(HEADERS), limits);
    const length = end === null ? samples.length : Math.min(end, samples.length);
    checkLength(length, setup.rate, limits);
    return { rate: setup.rate, channels: setup.channels, samples: samples.subarray(0, length) };
  } catch (error) {
    if (error instanceof OggDamage || error instanceof EndOfPacket)
      throw soundError('sound-damaged', limits, error.message);
    throw error;
  }
}

function decodePackets(setup: VorbisSetup, packets: readonly Uint8Array[], limits: SoundLimits): Float32Array {
  const pieces: Float32Array[] = [];
  let before: Float64Array | null = null;
  let done = 0;
  for (const packet of packets) {
    const block = decodeBlock(setup, packet);
    if (!block) continue;
    if (before) {
      const piece = Float32Array.from(overlap(before, block));
      pieces.push(piece);
      done += piece.length;
      if (done > limits.mostSeconds * setup.rate + block.length) throw soundError('sound-too-long', limits);
    }
    before = block;
  }
  return joined(pieces);
}

/** The mean of the channels under its window; null for a packet that holds no sound. */
function decodeBlock(setup: VorbisSetup, packet: Uint8Array): Float64Array | null {
  const reader = new PacketReader(packet);
  if (packet.length === 0 || reader.read(1) !== 0) return null;
  const { isLong, mapping } = at(setup.modes, reader.read(bitLength(setup.modes.length - 1)));
  const [short, long] = setup.blocks;
  const length = isLong ? long : short;
  const left = isLong && reader.read(1) === 0 ? short / 2 : length / 2;
  const right = isLong && reader.read(1) === 0 ? short / 2 : length / 2;
  const spectra = decodeSpectra(setup, mapping, reader, length / 2);
  // The transform is linear: the mean of the channels needs one, not one each.
  const mean = new Float64Array(length / 2);
  for (const spectrum of spectra) {
    for (let place = 0; place < mean.length; place++) {
      mean[place] = (mean[place] ?? 0) + (spectrum[place] ?? 0) / spectra.length;
    }
  }
  const block = inverseMdct(mean);
  applyWindow(block, left, right);
  return block;
}

function decodeSpectra(setup: VorbisSetup, mapping: Mapping, reader: PacketReader, length: number): Float32Array[] {
  const { submapOf, submaps, coupling } = mapping;
  const floors = submapOf.map((submap) => {
    const { floor } = at(submaps, submap);
    const heights = readHeightsOrNone(reader, floor, setup);
    return heights && floorCurve(floor, heights, length);
  });
  const isSilent = floors.map((floor) => floor === null);
  for (const { magnitude, angle } of coupling) {
    if (!isSilent[magnitude] || !isSilent[angle]) isSilent[magnitude] = isSilent[angle] = false;
  }
  const spectra: Float32Array[] = submapOf.map(() => new Float32Array(length));
  for (const [submap, { residue }] of submaps.entries()) {
    const own = [...submapOf.keys()].filter((channel) => submapOf[channel] === submap);
    const silent = own.map((channel) => isSilent[channel] ?? true);
    const decoded = decodeResidue(reader, residue, setup.books, silent, length);
    for (const [place, channel] of own.entries()) spectra[channel] = decoded[place] ?? new Float32Array(length);
  }
  for (const { magnitude, angle } of [...coupling].reverse()) uncouple(at(spectra, magnitude), at(spectra, angle));
  for (const [channel, spectrum] of spectra.entries()) {
    const floor = floors[channel];
    for (let place = 0; place < length; place++) spectrum[place] = (spectrum[place] ?? 0) * (floor?.[place] ?? 0);
  }
  return spectra;
}

/** A packet that ends in a floor leaves the channel silent. */
function readHeightsOrNone(
  reader: PacketReader,
  floor: Parameters<typeof readHeights>[1],
  { books }: VorbisSetup,
): number[] | null {
  try {
    return readHeights(reader, floor, books);
  } catch (error) {
    if (error instanceof EndOfPacket) return null;
    throw error;
  }
}

/** Magnitude and angle of square polar form → two channels (section 4.3.5). */
function uncouple(magnitudes: Float32Array, angles: Float32Array): void {
  for (let place = 0; place < magnitudes.length; place++) {
    const [magnitude, angle] = [magnitudes[place] ?? 0, angles[place] ?? 0];
    const sum = magnitude > 0 === angle > 0 ? magnitude - angle : magnitude + angle;
    if (angle > 0) angles[place] = sum;
    else {
      angles[place] = magnitude;
      magnitudes[place] = magnitude > 0 ? magnitude + angle : magnitude - angle;
    }
  }
}
