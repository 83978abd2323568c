/** Reference: Wilson intervals as R's prop.test(correct = FALSE) gives them. */
import { expect, test } from 'vitest';
import { shareInterval } from './intervals';

test('agrees with prop.test', () => {
  const half = shareInterval(0.5, 10);
  expect(half?.low).toBeCloseTo(0.2366, 4);
  expect(half?.high).toBeCloseTo(0.7634, 4);
  const digits = shareInterval(0.977, 10_000);
  expect(digits?.low).toBeCloseTo(0.97388, 4);
  expect(digits?.high).toBeCloseTo(0.97976, 4);
});

test('stays within 0 and 1 and needs rows', () => {
  expect(shareInterval(1, 5)).toMatchObject({ high: 1 });
  expect(shareInterval(0, 5)?.low).toBeCloseTo(0, 10);
  expect(shareInterval(0.5, 0)).toBeNull();
});
