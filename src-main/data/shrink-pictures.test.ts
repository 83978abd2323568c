import { expect, test } from 'vitest';
import { shrinkPictures } from './shrink-pictures';

test('each pixel is the mean of those it covers, channel by channel, picture by picture', () => {
  const first = [0, 100, 10, 100, 20, 200, 30, 200];
  const second = first.map((value) => value + 4);
  const pictures = { height: 2, width: 2, channels: 2, pixels: Uint8Array.from([...first, ...second]) };
  const { height, width, pixels } = shrinkPictures(pictures, 1);
  expect([height, width, ...pixels]).toEqual([1, 1, 15, 150, 19, 154]);
});

test('proportions are kept, a small picture stays as it is', () => {
  const pictures = { height: 60, width: 200, channels: 1, pixels: new Uint8Array(12_000).fill(7) };
  const shrunk = shrinkPictures(pictures, 50);
  expect([shrunk.height, shrunk.width, shrunk.pixels.length]).toEqual([15, 50, 750]);
  expect(shrunk.pixels.every((value) => value === 7)).toBe(true);
  expect(shrinkPictures(pictures, 200)).toBe(pictures);
});
