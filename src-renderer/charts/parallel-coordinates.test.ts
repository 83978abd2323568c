/** Ranges on the axes of parallel coordinates: which runs they leave, and how keys move them. */
import { expect, test } from 'vitest';
import { axisOf, type AxisValue } from './axis';
import { moved, within } from './parallel-coordinates';

const dimension = (id: string, values: readonly AxisValue[]) => ({
  ...{ id, label: id, values, axis: axisOf(values), format: String },
});

test('a run stays where it lies within every range; one without a value does not', () => {
  const dimensions = [dimension('rate', [0.001, 0.01, 0.1, null]), dimension('score', [0.5, 0.9, 0.7, 0.8])];
  const all = new Map<string, { from: number; to: number }>();
  expect([...within(dimensions, all)]).toEqual([0, 1, 2, 3]);
  expect([...within(dimensions, new Map([['rate', { from: 0, to: 0.5 }]]))]).toEqual([0, 1]);
  const both = new Map([
    ['rate', { from: 0, to: 1 }],
    ['score', { from: 0.4, to: 1 }],
  ]);
  expect([...within(dimensions, both)]).toEqual([1, 2]);
});

test('arrows move the lower end, Shift the upper, and the whole axis is no range', () => {
  expect(moved(undefined, 'ArrowUp', false)).toEqual({ from: 0.05, to: 1 });
  expect(moved({ from: 0.05, to: 1 }, 'ArrowDown', false)).toBeNull();
  expect(moved(undefined, 'ArrowDown', true)).toEqual({ from: 0, to: 0.95 });
  expect(moved({ from: 0.5, to: 0.5 }, 'ArrowUp', false)).toEqual({ from: 0.5, to: 0.5 });
});
