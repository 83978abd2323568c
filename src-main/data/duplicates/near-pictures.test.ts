/** Near pictures: changed copies are found among thousands of others, others are not, and many like ones take no quadratic time. */
import { describe, expect, test } from 'vitest';
import { randomSource } from '../random';
import { PictureHashes } from './near-pictures';

const shape = { height: 48, width: 40, channels: 3 };

/** Soft coloured blobs, different in each picture, as photographs are rather than noise. */
function picture(seed: number, { height, width, channels } = shape): Uint8Array {
  const next = randomSource(seed, 11);
  const blobs = Array.from({ length: 9 }, () => ({
    x: next(),
    y: next(),
    size: 0.08 + next() * 0.25,
    colour: [next() * 160 - 80, next() * 160 - 80, next() * 160 - 80],
  }));
  return Uint8Array.from({ length: height * width * channels }, (_, place) => {
    const [x, y] = [(Math.floor(place / channels) % width) / width, Math.floor(place / channels / width) / height];
    let value = 120;
    for (const blob of blobs) {
      const distance = ((x - blob.x) ** 2 + (y - blob.y) ** 2) / blob.size ** 2;
      value += (blob.colour[place % channels] ?? 0) * Math.exp(-distance * 2);
    }
    return Math.max(0, Math.min(255, Math.round(value)));
  });
}

function nearPairs(pictures: readonly Uint8Array[], shapes = pictures.map(() => shape)): string[] {
  const hashes = new PictureHashes(pictures.length);
  for (const [place, pixels] of pictures.entries()) hashes.set(place, pixels, shapes[place]!);
  const found = new Set<string>();
  hashes.eachPair(
    () => false,
    () => false,
    (one, other) => found.add(`${Math.min(one, other)}-${Math.max(one, other)}`),
  );
  return [...found].sort();
}

const original = picture(0);
const noise = randomSource(5);
const changes: Record<string, Uint8Array> = {
  brighter: original.map((value) => Math.min(255, value * 1.1)),
  darker: original.map((value) => value * 0.85),
  noisy: original.map((value) => Math.max(0, Math.min(255, value + noise() * 8 - 4))),
  posterized: original.map((value) => value & 0xf8),
};

describe('a changed copy among 3,000 others', () => {
  const others = Array.from({ length: 3000 }, (_, seed) => picture(seed + 1, { height: 24, width: 24, channels: 3 }));
  const shapes = [shape, shape, ...others.map(() => ({ height: 24, width: 24, channels: 3 }))];
  test.each(Object.keys(changes))('%s', (name) => {
    expect(nearPairs([original, changes[name]!, ...others], shapes)).toEqual(['0-1']);
  });
});

test('plain surfaces tell nothing', () => {
  const plain = (value: number) => new Uint8Array(48 * 40 * 3).fill(value);
  expect(nearPairs([plain(0), plain(1), plain(200)])).toEqual([]);
});

test('twenty thousand frames of one film are joined without comparing all pairs', () => {
  const count = 20_000;
  const hashes = new PictureHashes(count);
  for (let place = 0; place < count; place += 1) hashes.set(place, original, shape);
  let asked = 0;
  hashes.eachPair(
    () => false,
    () => {
      asked += 1;
      return true;
    },
    () => undefined,
  );
  // All pairs would be 2 · 10⁸; every frame is still compared with those before it.
  expect(asked).toBeGreaterThan(count);
  expect(asked).toBeLessThan(count * 400 * 6);
});
