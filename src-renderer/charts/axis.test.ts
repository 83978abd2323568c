/** Scales of small charts: where values lie, and which ticks people read. */
import { expect, test } from 'vitest';
import { axisOf } from './axis';

test('numbers have round ticks within their range', () => {
  const axis = axisOf([0.13, 0.87, null]);
  expect(axis.kind).toBe('number');
  expect(axis.ticks.map(({ value }) => value)).toEqual([0.2, 0.4, 0.6, 0.8]);
  expect(axis.place(0.5)).toBeCloseTo(0.5, 12);
  expect(axis.place(null)).toBeNull();
  expect(axisOf([2, 4]).ticks.map(({ value }) => value)).toEqual([2, 3, 4]);
});

test('what spans orders of magnitude is logarithmic', () => {
  const axis = axisOf([0.0001, 0.1]);
  expect(axis.kind).toBe('logarithm');
  expect(axis.ticks.map(({ value }) => value)).toEqual([0.0001, 0.001, 0.01, 0.1]);
  expect(axis.place(0.001)).toBeCloseTo(1 / 3, 12);
});

test('choices stand evenly, in order; a single value in the middle', () => {
  const axis = axisOf(['sgd', 'adam', true]);
  expect(axis.ticks).toEqual([
    { at: 0, value: 'adam' },
    { at: 0.5, value: 'sgd' },
    { at: 1, value: 'true' },
  ]);
  expect(axisOf([3, 3]).place(3)).toBe(0.5);
});
