/** A slider over epochs must never stand still, nor on an epoch that nothing is known of. */
import { expect, test } from 'vitest';
import { placeTowards } from './scrubbing';

test('a step goes on to the next epoch that was read, a leap to the one at or beyond it', () => {
  const epochs = [1, 5, 9, 10];
  expect(placeTowards(epochs, 0, 2)).toBe(1);
  expect(placeTowards(epochs, 2, 8)).toBe(1);
  expect(placeTowards(epochs, 0, 9)).toBe(2);
  expect(placeTowards(epochs, 3, 1)).toBe(0);
  expect(placeTowards(epochs, 1, 5)).toBe(1);
  expect(placeTowards(epochs, 1, 40)).toBe(3);
  expect(placeTowards([3, 6], 1, 1)).toBe(0);
});
