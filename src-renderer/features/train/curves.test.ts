/** Best and last must not be confused, and a value that is not finite is no value. */
import { expect, test } from 'vitest';
import { bestOf, measures, pointsOf } from './curves';

const epochs = [0.9, 0.95, Number.NaN, 0.95, 0.93].map((accuracy, index) => ({
  epoch: index + 1,
  metrics: { loss: 1 - index / 10, 'validation.accuracy': accuracy },
  seconds: 1,
  examplesPerSecond: 1,
}));

test('the best is the first epoch that reached it', () => {
  expect(bestOf(epochs, 'validation.accuracy', 'higher')).toEqual({ value: 0.95, epoch: 2 });
  expect(bestOf(epochs, 'loss', 'lower')).toEqual({ value: 0.6, epoch: 5 });
  expect(bestOf(epochs, 'accuracy', 'higher')).toBeNull();
});

test('points leave out what is not finite', () => {
  expect(pointsOf(epochs, 'validation.accuracy').map((point) => point.x)).toEqual([1, 2, 4, 5]);
});

test('parts that were measured', () => {
  expect(measures(epochs, 'validation')).toBe(true);
  expect(measures(epochs, 'test')).toBe(false);
});
