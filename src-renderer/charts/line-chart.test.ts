/** The vertical axis must hold every line, and no value that cannot be. */
import { expect, test } from 'vitest';
import { yRange } from './line-chart';

const line = (...ys: number[]) => ({ data: ys.map((y, x) => ({ x, y })) });

test('holds the lines with room, not below zero for values that are not negative', () => {
  const { min, max } = yRange({ yMaximum: null }, [line(0.01, 1), line(0.5)]);
  expect(min).toBe(0);
  expect(max).toBeGreaterThan(1);
  expect(yRange({ yMaximum: null }, [line(-2, 1)]).min).toBeLessThan(-2);
});

test('a share ends at 1', () => {
  expect(yRange({ yMaximum: 1 }, [line(0.9, 1)]).max).toBe(1);
});

test('single batches do not stretch the axis once there are epochs', () => {
  const batches = { ...line(0, 40), faint: true };
  expect(yRange({ yMaximum: null }, [line(0.5, 1), batches]).max).toBeLessThan(2);
  expect(yRange({ yMaximum: null }, [line(), batches]).max).toBeGreaterThanOrEqual(40);
});

test('a flat line and no line still have a range', () => {
  const { min, max } = yRange({ yMaximum: null }, [line(0.5, 0.5)]);
  expect(max).toBeGreaterThan(min);
  expect(yRange({ yMaximum: null }, [])).toEqual({ min: 0, max: 1 });
});
