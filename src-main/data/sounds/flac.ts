/**
 * FLAC (RFC 9639), decoded here because the packages that do it bring a parser under the LGPL. Frames are checked by their
 * CRC, so that a flipped bit is noticed and never heard.
 */
import { BitReader, OutOfBits } from './flac-bits';
import { readSubframe } from './flac-subframe';
import { checkFormat, checkLength, joined, soundError, type Sound, type SoundLimits } from './sound';

interface StreamInfo {
  readonly rate: number;
  readonly channels: number;
  readonly bits: number;
  /** Samples per channel; 0 where the encoder did not know. */
  readonly frames: number;
  readonly mostPerBlock: number;
  /** Where the first frame begins. */
  readonly start: number;
}

/** By the four bits of a frame's header; 0 is reserved, 6 and 7 stand behind the header. */
const BLOCK_SIZES = [0, 192, 576, 1152, 2304, 4608, 0, 0, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768];
const LEFT_SIDE = 8;
const SIDE_RIGHT = 9;
const MID_SIDE = 10;

export function isFlac(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(0, 4)) === 'fLaC';
}

/** @throws CodedError `sound-damaged`, `sound-cut`, `sound-unknown`, `sound-too-long`, `sound-empty` */
export function decodeFlac(bytes: Uint8Array, limits: SoundLimits): Sound {
  const info = readStreamInfo(bytes, limits);
  const most = info.frames || limits.mostSeconds * info.rate + info.mostPerBlock;
  if (info.frames > 0) checkLength(info.frames, info.rate, limits);
  const pieces: Float32Array[] = [];
  let done = 0;
  try {
    const reader = new BitReader(bytes, info.start);
    while (!reader.atEnd && done < most) {
      const block = readFrame(reader, info, limits);
      pieces.push(block);
      done += block.length;
    }
  } catch (error) {
    if (error instanceof OutOfBits) throw soundError('sound-cut', limits, `after ${done} samples`);
    throw error;
  }
  if (info.frames > 0 && done < info.frames) throw soundError('sound-cut', limits, `${done} of ${info.frames} samples`);
  checkLength(done, info.rate, limits);
  return { rate: info.rate, channels: info.channels, samples: joined(pieces) };
}

/** The metadata: STREAMINFO comes first, all else is passed over. */
function readStreamInfo(bytes: Uint8Array, limits: SoundLimits): StreamInfo {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4;
  let info: Omit<StreamInfo, 'start'> | null = null;
  for (let isLast = false; !isLast;) {
    if (at + 4 > bytes.length) throw soundError('sound-cut', limits, 'metadata');
    const head = view.getUint32(at);
    isLast = head >>> 31 === 1;
    const kind = (head >>> 24) & 0x7f;
    const length = head & 0xffffff;
    if (at + 4 + length > bytes.length) throw soundError('sound-cut', limits, 'metadata');
    if (kind === 0 && length >= 34) info = parseStreamInfo(view, at + 4);
    at += 4 + length;
  }
  if (!info) throw soundError('sound-damaged', limits, 'no STREAMINFO');
  checkFormat(info.rate, info.channels, limits);
  if (info.bits < 4 || info.bits > 24) throw soundError('sound-unknown', limits, `${info.bits} bits`);
  return { ...info, start: at };
}

function parseStreamInfo(view: DataView, at: number): Omit<StreamInfo, 'start'> {
  const packed = view.getUint32(at + 10);
  return {
    mostPerBlock: view.getUint16(at + 2),
    rate: packed >>> 12,
    channels: ((packed >>> 9) & 7) + 1,
    bits: ((packed >>> 4) & 31) + 1,
    frames: (packed & 15) * 2 ** 32 + view.getUint32(at + 14),
  };
}

/** One frame: header, a subframe per channel, CRC. @returns the mean of the channels. */
function readFrame(reader: BitReader, info: StreamInfo, limits: SoundLimits): Float32Array {
  const start = reader.byte;
  const damaged = (what: string) => soundError('sound-damaged', limits, what);
  // 14 bits of synchronization and one that is 0.
  if (reader.read(15) !== 0x7ffc) throw damaged('a frame does not begin where it should');
  reader.read(1);
  const sizeCode = reader.read(4);
  const rateCode = reader.read(4);
  const assignment = reader.read(4);
  reader.read(4);
  skipNumber(reader, damaged);
  const size =
    sizeCode === 6 ? reader.read(8) + 1 : sizeCode === 7 ? reader.read(16) + 1 : (BLOCK_SIZES[sizeCode] ?? 0);
  if (size === 0 || size > info.mostPerBlock) throw damaged(`a block of ${size} samples`);
  if (rateCode === 12) reader.read(8);
  else if (rateCode === 13 || rateCode === 14) reader.read(16);
  reader.read(8);
  const isPaired = assignment >= LEFT_SIDE && assignment <= MID_SIDE;
  if ((isPaired ? 2 : assignment + 1) !== info.channels) throw damaged('another number of channels');
  const channels = Array.from({ length: info.channels }, (_, channel) => {
    const isSide = isPaired && channel === (assignment === SIDE_RIGHT ? 0 : 1);
    return readSubframe(reader, size, info.bits + (isSide ? 1 : 0), damaged);
  });
  reader.align();
  const sum = reader.crc16(start);
  if (reader.read(16) !== sum) throw damaged('a frame whose sum is wrong');
  return toMono(channels, assignment, 2 ** (info.bits - 1));
}

/** The frame's or sample's number, coded as UTF-8 codes characters, of up to 7 bytes. */
function skipNumber(reader: BitReader, damaged: (what: string) => Error): void {
  const first = reader.read(8);
  const ones = Math.clz32(~(first << 24));
  if (ones === 1 || ones > 7) throw damaged('a frame without a number');
  for (let more = 1; more < ones; more++) reader.read(8);
}

/** The mean of all channels; of a pair kept as difference and one or the mean of both, by what that says of the mean. */
function toMono(channels: readonly Float64Array[], assignment: number, scale: number): Float32Array {
  const [one = new Float64Array(), other = one] = channels;
  if (assignment === LEFT_SIDE) return Float32Array.from(one, (left, at) => (left - (other[at] ?? 0) / 2) / scale);
  if (assignment === SIDE_RIGHT) return Float32Array.from(other, (right, at) => (right + (one[at] ?? 0) / 2) / scale);
  // The half that the stored mean lost is the difference's last bit.
  if (assignment === MID_SIDE) {
    return Float32Array.from(one, (middle, at) => (middle + (Math.abs(other[at] ?? 0) % 2) / 2) / scale);
  }
  return Float32Array.from(one, (_, at) => {
    let sum = 0;
    for (const channel of channels) sum += channel[at] ?? 0;
    return sum / channels.length / scale;
  });
}
