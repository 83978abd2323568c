/** Splits: disjoint and complete, exact per class, the same for the same seed, test untouched by the validation share. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Split } from '../contract';
import { randomSource } from './random';
import { assignParts, largestRemainder, NO_PART, TEST, TRAINING, VALIDATION } from './split';

const random = (seed: number, validation: number, test: number, stratified = true): Split => ({
  kind: 'random',
  seed,
  validation,
  test,
  stratified,
});

/** Rows that may each go their own way. */
const free = { groups: null, order: null };

/** Random tables: up to 500 rows, up to 12 classes of very unlike size, some rows without a target. */
const tables = Array.from({ length: 60 }, (_, table) => {
  const next = randomSource(table);
  const classCount = 1 + Math.floor(next() * 12);
  const classes = Int32Array.from({ length: 1 + Math.floor(next() * 500) }, () =>
    next() < 0.05 ? -1 : Math.floor(next() ** 3 * classCount),
  );
  const given = Uint8Array.from(classes, () => (next() < 0.2 ? TEST : TRAINING));
  return {
    classes,
    classCount,
    given,
    validation: next() * 0.4,
    test: next() * 0.4,
    seed: Math.floor(next() * 2 ** 32),
  };
});

const count = (parts: Uint8Array, part: number, classes?: Int32Array, wanted?: number) =>
  parts.reduce((sum, each, row) => sum + (each === part && (!classes || classes[row] === wanted) ? 1 : 0), 0);

describe('a random split', () => {
  test.each(tables)('of table %# gives every row with a target one part, in the shares asked', (table) => {
    for (const stratified of [true, false]) {
      const parts = assignParts(random(table.seed, table.validation, table.test, stratified), {
        ...table,
        given: null,
        ...free,
      });
      const usable = table.classes.filter((each) => each >= 0).length;
      for (const [row, part] of parts.entries()) {
        expect(part === NO_PART).toBe(table.classes[row] === -1);
        expect([TRAINING, VALIDATION, TEST, NO_PART]).toContain(part);
      }
      expect(count(parts, TEST)).toBe(Math.round(usable * table.test));
      expect(count(parts, VALIDATION)).toBe(Math.round(usable * table.validation));
    }
  });

  test.each(tables)('of table %# gives each class its share to less than one row', (table) => {
    const parts = assignParts(random(table.seed, table.validation, table.test), { ...table, given: null, ...free });
    for (let each = 0; each < table.classCount; each += 1) {
      const size = table.classes.filter((code) => code === each).length;
      expect(Math.abs(count(parts, TEST, table.classes, each) - size * table.test)).toBeLessThan(1);
      expect(Math.abs(count(parts, VALIDATION, table.classes, each) - size * table.validation)).toBeLessThan(1);
    }
  });

  test('is the same for the same seed and another for another', () => {
    const classes = new Int32Array(200);
    const rows = { classes, classCount: 1, given: null, ...free };
    expect(assignParts(random(7, 0.2, 0.2), rows)).toEqual(assignParts(random(7, 0.2, 0.2), rows));
    expect(assignParts(random(7, 0.2, 0.2), rows)).not.toEqual(assignParts(random(8, 0.2, 0.2), rows));
  });

  test('tests the same rows whatever the validation share', () => {
    for (const table of tables) {
      const testRows = (validation: number) =>
        assignParts(random(table.seed, validation, 0.25), { ...table, given: null, ...free }).map((part) =>
          part === TEST ? 1 : 0,
        );
      expect(testRows(0.4)).toEqual(testRows(0));
    }
  });
});

test.each(tables)('a given split of table %# keeps the test rows that the data names', (table) => {
  const split: Split = { kind: 'given', seed: table.seed, validation: table.validation, stratified: true };
  const parts = assignParts(split, { ...table, ...free });
  let others = 0;
  for (const [row, part] of parts.entries()) {
    if (table.classes[row] === -1) continue;
    expect(part === TEST).toBe(table.given[row] === TEST);
    if (part !== TEST) others += 1;
  }
  expect(count(parts, VALIDATION)).toBe(Math.round(others * table.validation));
});

test('largest remainders: a worked example', () => {
  // Quotas 1.5, 0.9, 0.6 of round(3.0) = 3: whole parts 1, 0, 0; the two left go to 0.9 and 0.6.
  expect(largestRemainder([5, 3, 2], 0.3)).toEqual([1, 1, 1]);
  expect(largestRemainder([10, 10], 0.05)).toEqual([1, 0]);
  expect(largestRemainder([], 0.5)).toEqual([]);
});

test('the random source is uniform and its streams are apart', () => {
  const mean = (next: () => number) =>
    Array.from({ length: 20_000 }, next).reduce((sum, value) => sum + value, 0) / 20_000;
  for (const seed of [0, 1, 0xffffffff]) expect(mean(randomSource(seed))).toBeCloseTo(0.5, 1);
  expect(randomSource(1, 0)()).not.toBe(randomSource(1, 1)());
  expect(randomSource(1, 0)()).not.toBe(randomSource(2, 0)());
});

test('splits of earlier versions are drawn as they always were', () => {
  const hash = createHash('sha256');
  for (const table of tables) {
    const rows = { ...table, ...free };
    for (const stratified of [true, false]) {
      hash.update(assignParts(random(table.seed, table.validation, table.test, stratified), { ...rows, given: null }));
      hash.update(assignParts({ kind: 'given', seed: table.seed, validation: table.validation, stratified }, rows));
    }
  }
  // Taken from the code of version 0.1.0: a kept run must find the rows that it was trained on.
  expect(hash.digest('hex')).toBe('ab294f5d7ef17f42a16b9dfa4c14809ae15c319fab314495b6da2c3db86b1999');
});
