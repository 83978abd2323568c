/** The outline shows how loud a sound is, where, and never vanishes. */
import { expect, test } from 'vitest';
import { waveformPath } from './waveform';

function corners(path: string): [number, number][] {
  return path
    .slice(1, -1)
    .split('L')
    .map((point) => point.split(' ').map(Number) as [number, number]);
}

test('goes along the greatest from left to right and back along the least', () => {
  const points = corners(waveformPath(Int8Array.of(-127, 127, -64, 32), 100, 40));
  expect(points.map(([x]) => x)).toEqual([0, 100, 100, 0]);
  // 20 is the middle; full scale ends one unit before the edge.
  expect(points[0]![1]).toBe(1);
  expect(points[3]![1]).toBe(39);
  expect(points[1]![1]).toBeCloseTo(20 - (32 / 127) * 19, 1);
  expect(points[2]![1]).toBeCloseTo(20 + (64 / 127) * 19, 1);
});

test('draws silence as a line one unit thick, and nothing as nothing', () => {
  const heights = corners(waveformPath(new Int8Array(8), 30, 40)).map(([, y]) => y);
  expect(heights).toEqual([19.5, 19.5, 19.5, 19.5, 20.5, 20.5, 20.5, 20.5]);
  expect(waveformPath(new Int8Array(), 30, 40)).toBe('');
});

test('stays in its box when the loudest is lowest of all', () => {
  for (const [, y] of corners(waveformPath(Int8Array.of(-128, -128, 127, 127), 10, 10))) {
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(10);
  }
});
