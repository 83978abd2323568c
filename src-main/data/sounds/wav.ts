/**
 * WAV (Microsoft, "Multiple Channel Audio Data and WAVE Files", and RFC 2361): PCM of 8, 16, 24 or 32 bits and floating
 * point of 32 or 64, plain or "extensible". Nothing that a header says is believed before it is compared with the bytes.
 */
import { checkFormat, checkLength, soundError, type Sound, type SoundLimits } from './sound';

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** A recorder that could not go back to write the length leaves one of these. */
const UNKNOWN_LENGTHS = new Set([0, 0xffffffff]);

interface Format {
  readonly tag: number;
  readonly channels: number;
  readonly rate: number;
  readonly bytesPerSample: number;
}

export function isWav(head: Uint8Array): boolean {
  return textAt(head, 0) === 'RIFF' && textAt(head, 8) === 'WAVE';
}

/** @throws CodedError `sound-damaged`, `sound-cut`, `sound-too-long`, `sound-empty` */
export function decodeWav(bytes: Uint8Array, limits: SoundLimits): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { format, data } = findChunks(bytes, view, limits);
  const { channels, rate, bytesPerSample } = format;
  const frameBytes = channels * bytesPerSample;
  const frames = Math.floor(data.byteLength / frameBytes);
  checkLength(frames, rate, limits);
  const read = sampleReader(format, data, limits);
  const samples = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read(frame * frameBytes + channel * bytesPerSample);
    samples[frame] = sum / channels;
  }
  if (format.tag === FLOAT && !samples.every(Number.isFinite)) {
    throw soundError('sound-damaged', limits, 'samples that are no numbers');
  }
  return { rate, channels, samples };
}

/** The first `fmt ` and `data` of the file; chunks begin at even places. */
function findChunks(bytes: Uint8Array, view: DataView, limits: SoundLimits): { format: Format; data: DataView } {
  let format: Format | null = null;
  let at = 12;
  while (at + 8 <= bytes.length) {
    const name = textAt(bytes, at);
    const length = view.getUint32(at + 4, true);
    const body = at + 8;
    const rest = bytes.length - body;
    if (name === 'data' && format) {
      const isStreamed = UNKNOWN_LENGTHS.has(length) && rest > 0;
      if (length > rest && !isStreamed) throw soundError('sound-cut', limits, `${rest} of ${length} bytes`);
      return { format, data: new DataView(view.buffer, view.byteOffset + body, isStreamed ? rest : length) };
    }
    if (length > rest) throw soundError('sound-cut', limits, `chunk ${JSON.stringify(name)}`);
    if (name === 'fmt ') format = readFormat(view, body, length, limits);
    at = body + length + (length % 2);
  }
  throw soundError(format ? 'sound-cut' : 'sound-damaged', limits, format ? 'no data' : 'no format');
}

function readFormat(view: DataView, at: number, length: number, limits: SoundLimits): Format {
  if (length < 16) throw soundError('sound-damaged', limits, `a format of ${length} bytes`);
  const named = view.getUint16(at, true);
  // The extension holds a GUID whose first two bytes are the tag.
  const tag = named === EXTENSIBLE && length >= 26 ? view.getUint16(at + 24, true) : named;
  const channels = view.getUint16(at + 2, true);
  const rate = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  checkFormat(rate, channels, limits);
  const known = tag === PCM ? [8, 16, 24, 32] : tag === FLOAT ? [32, 64] : [];
  if (!known.includes(bits)) throw soundError('sound-unknown', limits, `format ${tag} with ${bits} bits`);
  const bytesPerSample = bits / 8;
  if (view.getUint16(at + 12, true) !== channels * bytesPerSample) {
    throw soundError('sound-damaged', limits, 'frames of another size than their samples');
  }
  return { tag, channels, rate, bytesPerSample };
}

/** Reads the sample that begins at a byte, as -1 to 1. */
function sampleReader({ tag, bytesPerSample }: Format, data: DataView, limits: SoundLimits): (at: number) => number {
  switch (`${tag}:${bytesPerSample}`) {
    case '1:1':
      return (at) => (data.getUint8(at) - 128) / 128;
    case '1:2':
      return (at) => data.getInt16(at, true) / 32768;
    case '1:3':
      return (at) => (data.getUint8(at) + data.getInt16(at + 1, true) * 256) / 8388608;
    case '1:4':
      return (at) => data.getInt32(at, true) / 2147483648;
    case '3:4':
      return (at) => data.getFloat32(at, true);
    case '3:8':
      return (at) => data.getFloat64(at, true);
    default:
      throw soundError('sound-unknown', limits);
  }
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
