/**
 * Opus against libsndfile 1.2.2 (its own libopus), which wrote the files from formulas and read them again; and files whose sums are
 * right and whose content lies, each ending in a sound or a coded refusal.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CodedError } from '../../../contract';
import { decodeSound } from '../decode';
import { crcOf } from '../ogg';

const limits = { file: 'a file', mostSeconds: 60 };
const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/sounds', name));

/** What libsndfile reads, the mean of the channels, by place. */
const references = [
  {
    name: 'tone.opus',
    sound: { rate: 16_000, channels: 1 },
    length: 4000,
    samples: [0.180603, 0.2690735, -0.5081482, 0.1813354, 0.1410828, -0.2401123, -0.2142639, -0.0946045],
  },
  {
    name: 'stereo.opus',
    sound: { rate: 48_000, channels: 2 },
    length: 12_000,
    samples: [0.1610319, 0.2180098, -0.3252676, 0.2997848, -0.3945429, 0.0754949, -0.139943, -0.0264216],
  },
  {
    name: 'quad.opus',
    sound: { rate: 48_000, channels: 4 },
    length: 4800,
    samples: [0.0703474, 0.0947539, -0.2014481, 0.1879336, -0.2475682, 0.0387488, -0.0855971, -0.0218113],
  },
] as const;
const PLACES = [0, 1, 100, 777, 1600, 2500, 3333, 3999];

/** Where each page begins. */
function pagesOf(bytes: Buffer): number[] {
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; at = nextPage(bytes, at)) starts.push(at);
  return starts;
}
function nextPage(bytes: Buffer, at: number): number {
  const segments = bytes.subarray(at + 27, at + 27 + bytes[at + 26]!);
  return at + 27 + segments.length + segments.reduce((sum, length) => sum + length, 0);
}

/** The file with bytes of one page changed, and the page's sum made right again. */
function forged(name: string, page: number, change: (page: Buffer, body: Buffer) => void): Buffer {
  const bytes = Buffer.from(fixture(name));
  const start = pagesOf(bytes).at(page)!;
  const end = nextPage(bytes, start);
  const whole = bytes.subarray(start, end);
  change(whole, whole.subarray(27 + whole[26]!));
  bytes.writeUInt32LE(crcOf(bytes, start, end), start + 22);
  return bytes;
}

async function refusal(bytes: Buffer, own = limits): Promise<string> {
  try {
    await decodeSound(bytes, own);
    return 'none';
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
}

test.each(references)(
  '$name is decoded as libsndfile does it, within 0.0001',
  async ({ name, sound, length, samples }) => {
    const decoded = await decodeSound(fixture(name), limits);
    expect(decoded).toMatchObject(sound);
    expect(decoded.samples).toHaveLength(length);
    for (const [at, place] of PLACES.entries())
      expect(Math.abs(decoded.samples[place]! - samples[at]!)).toBeLessThan(1e-4);
  },
);

test('the gain that a header names is applied, and what it skips is skipped at the rate that is decoded to', async () => {
  const plain = (await decodeSound(fixture('tone.opus'), limits)).samples;
  const louder = forged('tone.opus', 0, (_, body) => body.writeInt16LE(-6 * 256, 16));
  const { samples } = await decodeSound(louder, limits);
  for (const place of PLACES) expect(samples[place]! / plain[place]!).toBeCloseTo(10 ** (-6 / 20), 5);
  const skip = fixture('tone.opus').readUInt16LE(pagesOf(fixture('tone.opus'))[0]! + 28 + 10);
  const later = forged('tone.opus', 0, (_, body) => body.writeUInt16LE(skip + 300, 10));
  const skipped = (await decodeSound(later, limits)).samples;
  expect(skipped).toHaveLength(3900);
  expect([...skipped.subarray(0, 50)]).toEqual([...plain.subarray(100, 150)]);
});

test.each<[string, Buffer, string]>([
  ['no channels', forged('tone.opus', 0, (_, body) => body.writeUInt8(0, 9)), 'sound-damaged'],
  ['three channels without a mapping', forged('tone.opus', 0, (_, body) => body.writeUInt8(3, 9)), 'sound-damaged'],
  ['a mapping beyond its streams', forged('quad.opus', 0, (_, body) => body.writeUInt8(9, 21)), 'sound-damaged'],
  ['no streams', forged('quad.opus', 0, (_, body) => body.writeUInt8(0, 19)), 'sound-damaged'],
  [
    'an order of channels that is not read',
    forged('quad.opus', 0, (_, body) => body.writeUInt8(3, 18)),
    'sound-unknown',
  ],
  ['a later version', forged('tone.opus', 0, (_, body) => body.writeUInt8(16, 8)), 'sound-unknown'],
  ['more to skip than there is', forged('tone.opus', 0, (_, body) => body.writeUInt16LE(65_535, 10)), 'sound-empty'],
  ['an end before its beginning', forged('tone.opus', -1, (page) => page.writeBigInt64LE(0n, 6)), 'sound-empty'],
  ['an end in 3,000 years', forged('tone.opus', -1, (page) => page.writeBigInt64LE(2n ** 62n, 6)), 'none'],
  ['a packet of 63 frames', forged('tone.opus', -1, (_, body) => body.set([0xff, 63])), 'sound-damaged'],
  ['a packet that libopus refuses', forged('tone.opus', -1, (_, body) => body.set([0xff, 0x82, 255])), 'sound-damaged'],
])('a file with %s', async (_, bytes, code) => expect(await refusal(bytes)).toBe(code));

test('cut anywhere it is told as cut or damaged, and longer than may be it is refused before it is decoded', async () => {
  const whole = fixture('stereo.opus');
  for (const length of [30, 60, 1000, whole.length - 1]) {
    expect(await refusal(whole.subarray(0, length))).toMatch(/^sound-(damaged|cut)$/);
  }
  expect(await refusal(whole, { file: 'a file', mostSeconds: 0.1 })).toBe('sound-too-long');
});

test('120 random damages under right sums end in a sound or a coded refusal', async () => {
  let state = 11;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const found = new Set<string>();
  for (let round = 0; round < 120; round += 1) {
    const name = ['tone.opus', 'stereo.opus', 'quad.opus'][round % 3]!;
    const page = round % 5 === 0 ? 0 : -1;
    const damaged = forged(name, page, (_, body) => {
      for (let flips = 0; flips <= round % 8; flips += 1) body[next(body.length)] = next(256);
    });
    found.add(await refusal(damaged));
  }
  for (const code of found) expect(code).toMatch(/^(none|sound-[a-z-]+)$/);
  expect(found.size).toBeGreaterThan(1);
});
