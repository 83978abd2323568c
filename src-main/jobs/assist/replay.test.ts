/** Reading the saving off two curves. */
import { expect, test } from 'vitest';
import { countsUpTo, labelsNeeded } from './replay';

test('labels needed are read off where a curve passes the goal for good', () => {
  expect(labelsNeeded([10, 20, 30, 40], [0.5, 0.8, 0.7, 0.9], 0.8)).toBeCloseTo(35, 9);
  expect(labelsNeeded([10, 20], [0.9, 0.95], 0.8)).toBe(10);
  expect(labelsNeeded([10, 20], [0.5, 0.7], 0.8)).toBeNull();
});

test('batches grow by a third up to the last label', () => {
  expect(countsUpTo(60)).toEqual([20, 27, 36, 48, 60]);
  expect(countsUpTo(12)).toEqual([12]);
});
