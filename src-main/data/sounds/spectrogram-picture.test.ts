/** A spectrogram lies as people read it, and all of a preview share one scale. */
import { expect, test } from 'vitest';
import { spectrogramPictures } from './spectrogram-picture';

test('time goes to the right, pitch up; the first sound sets black and white', () => {
  // Two frames of three bands, the lowest band first; then another sound beyond the first one's range.
  const values = Float32Array.of(0, 1, 2, 3, 4, 5, -9, 2.5, 99, 0, 0, 0);
  const { height, width, pixels } = spectrogramPictures(values, 2, 3);
  expect([height, width]).toEqual([3, 2]);
  expect([...pixels.subarray(0, 6)]).toEqual([102, 255, 51, 204, 0, 153]);
  expect([...pixels.subarray(6)]).toEqual([255, 0, 128, 0, 0, 0]);
});

test('a sound without any difference is black', () => {
  expect([...spectrogramPictures(new Float32Array(4).fill(3), 2, 2).pixels]).toEqual([0, 0, 0, 0]);
});
