/** Zooming: whole in the frame, exactly 1 to 1 on the way, and the point under the pointer stays. */
import { expect, test } from 'vitest';
import { fitScale, scrollKeeping, zoomed } from './zoom';

test('a picture fits whole, a small one is not blown up without end', () => {
  const frame = { width: 800, height: 600 };
  expect(fitScale({ width: 4000, height: 1000 }, frame)).toBe(0.2);
  expect(fitScale({ width: 28, height: 28 }, frame)).toBe(16);
  expect(fitScale({ width: 400, height: 400 }, { width: 0, height: 0 })).toBe(1);
});

test('steps stop at 1 to 1 and at the ends', () => {
  expect(zoomed(0.9, 1)).toBe(1);
  expect(zoomed(1.1, -1)).toBe(1);
  expect(zoomed(1, 2)).toBeCloseTo(1.5625, 12);
  expect(zoomed(30, 5)).toBe(32);
  expect(zoomed(0.06, -9)).toBe(0.05);
});

test('the point under the pointer stays', () => {
  const scroll = scrollKeeping(100, 50, 1, 2);
  expect((scroll + 50) / 2).toBe(150);
  expect(scrollKeeping(0, 10, 2, 1)).toBe(0);
});
