/** The smoothed line is the published formula's, begins with the line and keeps its level. */
import { expect, test } from 'vitest';
import { smooth } from './smooth';

const line = (...ys: number[]) => ys.map((y, x) => ({ x, y }));

test('is the mean of the values so far, weighted by w to the power of their age', () => {
  const ys = [3, 1, 4, 1, 5, 9, 2, 6];
  const w = 0.6;
  for (const [t, { x, y }] of smooth(line(...ys), w).entries()) {
    const weights = ys.slice(0, t + 1).map((_, index) => w ** (t - index));
    const mean = weights.reduce((sum, weight, index) => sum + weight * ys[index]!, 0) / weights.reduce((a, b) => a + b);
    expect(y).toBeCloseTo(mean, 12);
    expect(x).toBe(t);
  }
});

test('of a flat line is that line, from its first point on', () => {
  for (const { y } of smooth(line(7, 7, 7, 7), 0.95)) expect(y).toBeCloseTo(7, 12);
});

test('without smoothing is the line itself', () => {
  const points = line(1, 2);
  expect(smooth(points, 0)).toBe(points);
});
