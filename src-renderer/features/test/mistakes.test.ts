/** The cell that opens first. */
import { expect, test } from 'vitest';
import { largestMistake } from './mistakes';

test('the most frequent mistake leads, however many answers are right', () => {
  const counts = [
    [90, 1, 0],
    [4, 80, 2],
    [0, 3, 70],
  ];
  expect(largestMistake(counts)).toEqual({ actual: 1, predicted: 0 });
});

test('without mistakes the largest class leads; without rows there is none', () => {
  expect(
    largestMistake([
      [3, 0],
      [0, 9],
    ]),
  ).toEqual({ actual: 1, predicted: 1 });
  expect(largestMistake([[0]])).toBeNull();
});
