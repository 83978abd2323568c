/**
 * Sounds out of files: WAV of every width made here, FLAC, MP3 and OGG written by libsndfile from a formula that is repeated
 * here; and files that are cut, wrong or made to harm, each refused with its code.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CodedError, type ErrorCode } from '../../contract';
import { decodeSound } from './decode';
import { encodeWav } from './wav-file';

/** Of `tone.flac`, by libsndfile. */
const FIRST_SAMPLES = [5515, 9545, 11376, 11593, 11298, 9780];
/** Of `tone.ogg`, by place, by libvorbis. */
const VORBIS_SAMPLES = [
  [0, 0.16641605],
  [1, 0.29576096],
  [100, -0.52998179],
  [511, 0.2468217],
  [512, 0.38210988],
  [777, 0.17530388],
  [1600, 0.12092382],
  [2500, -0.22100978],
  [3333, -0.22293778],
  [3999, -0.11081028],
] as const;
const FIXTURES = ['tone.flac', 'stereo.flac', 'tone.mp3', 'stereo.mp3', 'tone.ogg', 'stereo.ogg'];

const limits = { file: 'a file', mostSeconds: 60 };
const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/sounds', name));

interface WavOptions {
  readonly tag?: number;
  readonly bits?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly extensible?: boolean;
  /** What the header says of the data, where that is not its length. */
  readonly says?: number;
  readonly before?: Buffer;
}

/** A WAV file around samples that are encoded already. */
function wav(data: Buffer, options: WavOptions = {}): Buffer {
  const { tag = 1, bits = 16, channels = 1, rate = 8000, extensible = false, says = data.length } = options;
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(((rate * channels * bits) / 8) % 2 ** 32, 8);
  format.writeUInt16LE(((channels * bits) / 8) & 0xffff, 12);
  format.writeUInt16LE(bits, 14);
  if (extensible) format.writeUInt16LE(tag, 24);
  const chunk = (name: string, body: Buffer, length = body.length) => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32LE(length, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  const body = Buffer.concat([options.before ?? Buffer.alloc(0), chunk('fmt ', format), chunk('data', data, says)]);
  const riff = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1');
  riff.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([riff, body]);
}

const values = [0, 0.5, -0.5, 0.25, -1, 0.75];
function pcm(bits: 8 | 16 | 24 | 32): Buffer {
  const width = bits / 8;
  const data = Buffer.alloc(values.length * width);
  for (const [at, value] of values.entries()) {
    if (bits === 8) data.writeUInt8(128 + 128 * value, at);
    else data.writeIntLE(value * 2 ** (bits - 1), at * width, width);
  }
  return data;
}

async function refusal(bytes: Buffer | Uint8Array, own = limits): Promise<ErrorCode | 'none'> {
  try {
    await decodeSound(bytes, own);
    return 'none';
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
}

describe('WAV', () => {
  test.each([8, 16, 24, 32] as const)('reads PCM of %i bits exactly', async (bits) => {
    expect([...(await decodeSound(wav(pcm(bits), { bits }), limits)).samples]).toEqual(values);
    expect([...(await decodeSound(wav(pcm(bits), { bits, extensible: true }), limits)).samples]).toEqual(values);
  });

  test('reads floating point of 32 and 64 bits exactly', async () => {
    const floats = Buffer.from(Float32Array.from(values).buffer);
    const doubles = Buffer.from(Float64Array.from(values).buffer);
    expect([...(await decodeSound(wav(floats, { tag: 3, bits: 32 }), limits)).samples]).toEqual(values);
    expect([...(await decodeSound(wav(doubles, { tag: 3, bits: 64 }), limits)).samples]).toEqual(values);
  });

  test('mixes channels to their mean, and tells rate and channels', async () => {
    const sound = await decodeSound(wav(pcm(16), { channels: 2, rate: 44_100 }), limits);
    expect(sound).toMatchObject({ rate: 44_100, channels: 2 });
    expect([...sound.samples]).toEqual([0.25, -0.125, -0.125]);
  });

  test('passes over other chunks, also of odd length, and takes the rest where a recorder left no length', async () => {
    const note = Buffer.concat([Buffer.from('LIST\x03\0\0\0', 'latin1'), Buffer.from('abc\0', 'latin1')]);
    expect([...(await decodeSound(wav(pcm(16), { before: note }), limits)).samples]).toEqual(values);
    expect([...(await decodeSound(wav(pcm(16), { says: 0xffffffff }), limits)).samples]).toEqual(values);
  });

  test('what is written for a recording is read the same', async () => {
    const bytes = new Uint8Array(Int16Array.of(0, 16384, -32768, 32767).buffer);
    const { rate, samples } = await decodeSound(encodeWav(bytes, 16_000), limits);
    expect(rate).toBe(16_000);
    expect([...samples]).toEqual([0, 0.5, -1, 32767 / 32768]);
  });

  test.each<[string, Buffer, ErrorCode]>([
    ['cut in its data', wav(pcm(16)).subarray(0, -5), 'sound-cut'],
    ['says more than there is', wav(pcm(16), { says: 4000 }), 'sound-cut'],
    ['ends after its format', wav(pcm(16)).subarray(0, 36), 'sound-cut'],
    ['is a header alone', wav(pcm(16)).subarray(0, 12), 'sound-damaged'],
    [
      'a chunk of 4 GB before the format',
      wav(pcm(16), { before: Buffer.from('LIST\xff\xff\xff\xff', 'latin1') }),
      'sound-cut',
    ],
    ['has no channels', wav(pcm(16), { channels: 0 }), 'sound-damaged'],
    ['has 65,535 channels', wav(pcm(16), { channels: 65_535 }), 'sound-damaged'],
    ['a rate of 0', wav(pcm(16), { rate: 0 }), 'sound-damaged'],
    ['a rate of 4 GHz', wav(pcm(16), { rate: 4_000_000_000 }), 'sound-damaged'],
    ['samples of 12 bits', wav(pcm(16), { bits: 12 }), 'sound-unknown'],
    ['a coding that is not read', wav(pcm(16), { tag: 0x55 }), 'sound-unknown'],
    ['NaN for samples', wav(Buffer.from(Float32Array.of(0.5, NaN).buffer), { tag: 3, bits: 32 }), 'sound-damaged'],
    ['no samples', wav(Buffer.alloc(0)), 'sound-empty'],
    ['nothing but silence', wav(Buffer.alloc(800)), 'sound-silent'],
  ])('refuses what %s', async (_, bytes, code) => expect(await refusal(bytes)).toBe(code));

  test('refuses a sound that is too long before it takes memory for it', async () => {
    const second = wav(Buffer.alloc(2 * 8000, 1));
    expect(await refusal(second, { file: 'a file', mostSeconds: 1 })).toBe('none');
    expect(await refusal(wav(Buffer.alloc(2 * 8001, 1)), { file: 'a file', mostSeconds: 1 })).toBe('sound-too-long');
  });
});

/** As the fixtures were made: 4,000 samples at 16,000 per second, without the noise that was added (standard deviation 0.02). */
const RATE = 16_000;
const clean = Float64Array.from({ length: 4000 }, (_, at) => {
  const t = at / RATE;
  const fall = 1 - (0.8 * at) / 3999;
  return 0.5 * Math.sin(2 * Math.PI * 440 * t) * fall + 0.2 * Math.sin(2 * Math.PI * 1250 * t + 1);
});
const other = Float64Array.from({ length: 4000 }, (_, at) => 0.6 * Math.sin((2 * Math.PI * 330 * at) / RATE));

/** Root mean square of what differs. */
function difference(samples: Float32Array, expected: (at: number) => number): number {
  return Math.sqrt(samples.reduce((sum, sample, at) => sum + (sample - expected(at)) ** 2, 0) / samples.length);
}

describe('FLAC, MP3 and OGG', () => {
  test.each([
    ['tone.flac', 0.021],
    ['tone.mp3', 0.025],
    ['tone.ogg', 0.025],
  ])('%s has the sound that was written, to the noise that was added', async (name, tolerance) => {
    const { rate, channels, samples } = await decodeSound(fixture(name), limits);
    expect({ rate, channels, length: samples.length }).toEqual({ rate: RATE, channels: 1, length: 4000 });
    expect(difference(samples, (at) => clean[at]!)).toBeLessThan(tolerance);
  });

  test.each([
    ['stereo.flac', 1],
    ['stereo.mp3', 3],
    ['stereo.ogg', 3],
  ])('%s is mixed to the mean of its channels', async (name, times) => {
    const { rate, channels, samples } = await decodeSound(fixture(name), limits);
    expect({ rate, channels, length: samples.length }).toEqual({ rate: RATE, channels: 2, length: 4000 * times });
    // Half of the noise is left; MP3 smears the jump where the sound begins anew.
    expect(difference(samples, (at) => (clean[at % 4000]! + other[at % 4000]!) / 2)).toBeLessThan(
      times === 1 ? 0.0105 : 0.02,
    );
  });

  test('FLAC loses nothing: its samples are those of the WAV file, bit for bit', async () => {
    const { samples } = await decodeSound(fixture('tone.flac'), limits);
    expect(samples.every((sample) => Number.isInteger(sample * 32768))).toBe(true);
    // The first samples as libsndfile reads them.
    expect([...samples.subarray(0, 6)].map((sample) => sample * 32768)).toEqual(FIRST_SAMPLES);
  });

  test('a bit that flips anywhere in a FLAC frame is noticed', async () => {
    const whole = fixture('tone.flac');
    for (const at of [whole.length - 5, whole.length - 600, whole.length - 3000]) {
      const bytes = Buffer.from(whole);
      bytes[at] = bytes[at]! ^ 4;
      expect(await refusal(bytes)).toMatch(/^sound-(damaged|cut)$/);
    }
  });

  test.each(['tone.flac', 'stereo.flac'])('%s that is cut is told as cut or damaged, wherever', async (name) => {
    const whole = fixture(name);
    for (const length of [5, 20, 41, 100, whole.length >> 1, whole.length - 1]) {
      expect(await refusal(whole.subarray(0, length))).toMatch(/^sound-(damaged|cut)$/);
    }
  });

  test('OGG is decoded as libvorbis does it, within a millionth', async () => {
    const { samples } = await decodeSound(fixture('tone.ogg'), limits);
    for (const [at, value] of VORBIS_SAMPLES) expect(Math.abs(samples[at]! - value)).toBeLessThan(1e-6);
  });

  test('OGG that is cut or damaged is told', async () => {
    const whole = fixture('stereo.ogg');
    for (const length of [30, 58, 3000, whole.length - 1]) {
      expect(await refusal(whole.subarray(0, length))).toMatch(/^sound-(damaged|cut)$/);
    }
    for (const at of [40, 3500, whole.length - 9]) {
      const bytes = Buffer.from(whole);
      bytes[at] = bytes[at]! ^ 4;
      expect(await refusal(bytes)).toBe('sound-damaged');
    }
  });

  test('an MP3 of nothing but tags, and one whose tag says it is 256 MB long', async () => {
    const tag = Buffer.from('ID3\x04\0\0\0\0\0\x0aabcdefghij', 'latin1');
    expect(await refusal(tag)).toBe('sound-damaged');
    expect(
      await refusal(Buffer.concat([Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1'), fixture('tone.mp3')])),
    ).toMatch(/^(none|sound-damaged)$/);
  });

  test('an MP3 longer than may be is refused', async () => {
    expect(await refusal(fixture('stereo.mp3'), { file: 'a file', mostSeconds: 0.5 })).toBe('sound-too-long');
  });
});

/** The same numbers in every run. */
function* pseudoRandom(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

test('damage at random places ends in a sound or a coded refusal, never in anything else', async () => {
  const random = pseudoRandom(7);
  const next = () => random.next().value as number;
  const files = [wav(pcm(24), { bits: 24, extensible: true }), ...FIXTURES.map(fixture)];
  for (const whole of files) {
    for (let round = 0; round < 120; round += 1) {
      const bytes = Buffer.from(whole.subarray(0, 1 + Math.floor(next() * whole.length)));
      for (let flips = 0; flips < 1 + (round % 8); flips += 1) {
        bytes[Math.floor(next() * Math.min(bytes.length, round % 2 ? 200 : bytes.length))] = Math.floor(next() * 256);
      }
      expect(await refusal(bytes)).toMatch(/^(none|sound-[a-z-]+)$/);
    }
  }
});

test.each<[string, Buffer, ErrorCode]>([
  ['nothing', Buffer.alloc(0), 'sound-empty'],
  ['text', Buffer.from('This is a note about sounds.'), 'sound-unknown'],
  ['a picture', readFileSync(join(import.meta.dirname, '../fixtures/picture.png')), 'sound-unknown'],
  ['zeros', Buffer.alloc(5000), 'sound-unknown'],
])('%s is no sound', async (_, bytes, code) => expect(await refusal(bytes)).toBe(code));
