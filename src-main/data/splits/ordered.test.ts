/** Splits in order: nothing later trains, equal values stay together, boundaries as near to the shares as they can be. */
import { describe, expect, test } from 'vitest';
import type { Split } from '../../contract';
import { randomSource } from '../random';
import { assignParts, NO_PART, TEST, TRAINING, VALIDATION } from '../split';
import { parseTime } from './time';

const ordered = (validation: number, test: number): Split => ({ kind: 'ordered', column: 'when', validation, test });

function divide(values: number[], validation = 0.2, testShare = 0.2, classes = new Int32Array(values.length)) {
  const order = { column: 'when', values: Float64Array.from(values) };
  return [...assignParts(ordered(validation, testShare), { classes, classCount: 1, given: null, groups: null, order })];
}

test('the earliest train, the latest test, as many as asked', () => {
  expect(divide([9, 1, 8, 2, 7, 3, 6, 4, 5, 0])).toEqual([2, 0, 2, 0, 1, 0, 1, 0, 0, 0]);
});

test.each(Array.from({ length: 40 }, (_, seed) => seed))('random values, seed %s', (seed) => {
  const next = randomSource(seed);
  const size = 20 + Math.floor(next() * 400);
  const different = 3 + Math.floor(next() * 100);
  const values = Array.from({ length: size }, (_, row) =>
    row < 3 ? row : next() < 0.05 ? Number.NaN : Math.floor(next() * different),
  );
  const classes = Int32Array.from(values, (_, row) => (row >= 3 && next() < 0.05 ? -1 : 0));
  const parts = divide(values, 0.05 + next() * 0.3, 0.05 + next() * 0.3, classes);
  const rank = [TRAINING, VALIDATION, TEST];
  const ends = rank.map((part) => {
    const own = values.filter((value, row) => parts[row] === part && !Number.isNaN(value));
    return [Math.min(...own), Math.max(...own)] as const;
  });
  for (const [from] of ends) expect(Number.isFinite(from)).toBe(true);
  expect(ends[0]![1]).toBeLessThan(ends[1]![0]);
  expect(ends[1]![1]).toBeLessThan(ends[2]![0]);
  for (const [row, value] of values.entries()) {
    if (classes[row] === -1) expect(parts[row]).toBe(NO_PART);
    else if (Number.isNaN(value)) expect(parts[row]).toBe(TRAINING);
  }
});

test('equal values stay together where the boundary falls among them, at the nearer end', () => {
  // Eight of the value 5 stand at 7 to 14: 65 % of 20 rows is nearer to their end, 50 % to their beginning.
  const values = [0, 1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 6, 7, 8, 9, 9];
  expect(divide(values, 0, 0.35).indexOf(TEST)).toBe(15);
  expect(divide(values, 0, 0.5).indexOf(TEST)).toBe(7);
  expect(divide([1, 1, 1, 1, 1, 1, 2, 3], 0.1, 0.1)).toEqual([0, 0, 0, 0, 0, 0, 1, 2]);
});

test('fewer values than parts are refused', () => {
  expect(() => divide([1, 1, 2, 2])).toThrow(expect.objectContaining({ code: 'split-order-too-few' }));
  expect(divide([1, 1, 2, 2], 0, 0.2)).toEqual([0, 0, 2, 2]);
  expect(() => divide([])).toThrow(expect.objectContaining({ code: 'split-order-too-few' }));
});

describe('dates', () => {
  test.each([
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2024/2/9', Date.UTC(2024, 1, 9)],
    ['2024-02-29 13:05', Date.UTC(2024, 1, 29, 13, 5)],
    ['2024-02-29T13:05:07.5Z', Date.UTC(2024, 1, 29, 13, 5, 7, 500)],
    ['2024-02-29T13:05+02:00', Date.UTC(2024, 1, 29, 11, 5)],
    ['2024-02-29T23:05-0130', Date.UTC(2024, 2, 1, 0, 35)],
    ['0099-01-01', -59_042_995_200_000],
    ['2023-02-29', null],
    ['2023-13-01', null],
    ['29.02.2024', null],
    ['20240229', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(parseTime(text)).toBe(expected);
  });
});
