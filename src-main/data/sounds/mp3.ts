/**
 * MP3, decoded by minimp3 as WebAssembly: the module imports nothing, so that whatever a file makes it do stays in its own
 * memory.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFrames } from './mp3-frames';
import { readGap, type Gap } from './mp3-gap';
import { checkFormat, checkLength, joined, soundError, type Sound, type SoundLimits } from './sound';

/** What the module exports (minimp3-wasm, `decoder.c`). */
interface Minimp3 {
  readonly memory: WebAssembly.Memory;
  decoder_init(): void;
  decoder_set_mp3_data_size(bytes: number): void;
  decoder_mp3_data_offset(): number;
  decoder_seek(seconds: number): void;
  /** Decodes frames until so many seconds are there, or one at least. */
  decoder_decode(seconds: number): void;
  decoder_pcm_data_offset(): number;
  decode_results_num_channels(): number;
  /** Over all channels; 0 at the end. */
  decode_results_num_samples(): number;
}

const SECONDS_AT_ONCE = 5;
let compiled: WebAssembly.Module | null = null;

/** A frame's beginning, or tags that stand before the first. */
export function isMp3(head: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = head;
  const isTagged = String.fromCharCode(first, second, third) === 'ID3';
  const isLayer3 = first === 0xff && (second & 0xe6) === 0xe2 && third >> 4 !== 15 && ((third >> 2) & 3) !== 3;
  return isTagged || isLayer3;
}

/** @throws CodedError `sound-damaged`, `sound-too-long`, `sound-empty` */
export function decodeMp3(bytes: Uint8Array, limits: SoundLimits): Sound {
  try {
    return decode(bytes, limits);
  } catch (error) {
    // Reaching beyond its memory ends the module, and nothing else.
    if (error instanceof WebAssembly.RuntimeError) throw soundError('sound-damaged', limits, error.message);
    throw error;
  }
}

function decode(bytes: Uint8Array, limits: SoundLimits): Sound {
  const stream = readFrames(bytes);
  if (!stream) throw soundError('sound-damaged', limits, 'no frame of MP3');
  const { rate, channels } = stream;
  checkFormat(rate, channels, limits);
  checkLength(stream.count * stream.perFrame, rate, limits);
  const decoder = start(stream.bytes);
  const pieces: Float32Array[] = [];
  for (let frames = 0; frames < stream.count * stream.perFrame;) {
    decoder.decoder_decode(SECONDS_AT_ONCE);
    const count = decoder.decode_results_num_samples();
    // The stream is read to its end, or a frame could not be decoded.
    if (count <= 0 || decoder.decode_results_num_channels() !== channels) break;
    pieces.push(toMono(new Int16Array(decoder.memory.buffer, decoder.decoder_pcm_data_offset(), count), channels));
    frames += count / channels;
  }
  const samples = joined(pieces);
  checkLength(samples.length, rate, limits);
  return { rate, channels, samples: withoutGap(samples, readGap(stream)) };
}

function withoutGap(samples: Float32Array, gap: Gap | null): Float32Array {
  // A file that was cut or joined holds another sound than its first frame tells of.
  if (!gap || gap.before + gap.length > samples.length) return samples;
  return samples.subarray(gap.before, gap.before + gap.length);
}

function start(bytes: Uint8Array): Minimp3 {
  compiled ??= new WebAssembly.Module(
    readFileSync(createRequire(import.meta.url).resolve('minimp3-wasm/dist/decoder.opt.wasm')),
  );
  const decoder = new WebAssembly.Instance(compiled, {}).exports as unknown as Minimp3;
  decoder.decoder_init();
  decoder.decoder_set_mp3_data_size(bytes.length);
  new Uint8Array(decoder.memory.buffer, decoder.decoder_mp3_data_offset(), bytes.length).set(bytes);
  decoder.decoder_seek(0);
  return decoder;
}

function toMono(pcm: Int16Array, channels: number): Float32Array {
  const samples = new Float32Array(Math.floor(pcm.length / channels));
  for (let frame = 0; frame < samples.length; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += pcm[frame * channels + channel] ?? 0;
    samples[frame] = sum / channels / 32768;
  }
  return samples;
}
