/** Splits by groups: none on two sides, shares within a group's size, decided by seed and names alone. */
import { describe, expect, test } from 'vitest';
import { CodedError, type Split } from '../../contract';
import { randomSource } from '../random';
import { assignParts, NO_PART, TEST, TRAINING, VALIDATION } from '../split';

const grouped = (seed: number, validation: number, test: number, stratified: boolean): Split => ({
  kind: 'grouped',
  column: 'person',
  seed,
  validation,
  test,
  stratified,
});

/** Random tables: groups of very unlike size, up to 6 classes, some rows without a target. */
const tables = Array.from({ length: 40 }, (_, table) => {
  const next = randomSource(table, 3);
  const groupCount = 12 + Math.floor(next() * 60);
  const classCount = 1 + Math.floor(next() * 6);
  const size = groupCount + Math.floor(next() * 900);
  // Every group has a row with a target, the others fall by chance, most on the first groups.
  const codes = Int32Array.from({ length: size }, (_, row) =>
    row < groupCount ? row : Math.floor(next() ** 3 * groupCount),
  );
  const classes = Int32Array.from(codes, (code, row) =>
    row >= groupCount && next() < 0.05 ? -1 : Math.floor(next() ** (1 + (code % 3)) * classCount),
  );
  const names = Array.from({ length: groupCount }, (_, group) => `person ${group}`);
  return {
    classes,
    classCount,
    codes,
    names,
    seed: table,
    validation: 0.05 + next() * 0.25,
    test: 0.05 + next() * 0.25,
  };
});
type Table = (typeof tables)[number];

function divide(table: Table, stratified: boolean, seed = table.seed): Uint8Array {
  const { classes, classCount, codes, names } = table;
  const groups = { column: 'person', codes, names };
  const split = grouped(seed, table.validation, table.test, stratified);
  return assignParts(split, { classes, classCount, given: null, order: null, groups });
}

const shares = ({ validation, test: testShare }: Table) => [1 - validation - testShare, validation, testShare];

describe.each([false, true])('stratified %s', (stratified) => {
  test.each(tables)('table %#: whole groups, every part, shares within the largest group', (table) => {
    const parts = divide(table, stratified);
    const partsOf = new Map<number, Set<number>>();
    const sizes = new Int32Array(table.names.length);
    const rows = [0, 0, 0];
    for (const [row, part] of parts.entries()) {
      expect(part === NO_PART).toBe(table.classes[row] === -1);
      if (part === NO_PART) continue;
      const group = table.codes[row]!;
      partsOf.set(group, (partsOf.get(group) ?? new Set()).add(part));
      sizes[group]! += 1;
      rows[part]! += 1;
    }
    for (const found of partsOf.values()) expect(found.size).toBe(1);
    const total = rows.reduce((sum, count) => sum + count, 0);
    for (const part of [TRAINING, VALIDATION, TEST]) {
      expect(rows[part]).toBeGreaterThan(0);
      expect(Math.abs(rows[part]! - shares(table)[part]! * total)).toBeLessThanOrEqual(Math.max(...sizes));
    }
  });
});

test('classes are nearer to their shares where the split is stratified', () => {
  const distance = (table: Table, stratified: boolean) => {
    const parts = divide(table, stratified);
    let sum = 0;
    for (let each = 0; each < table.classCount; each += 1) {
      const size = table.classes.filter((code) => code === each).length;
      for (const part of [TRAINING, VALIDATION, TEST]) {
        const found = parts.filter((code, row) => code === part && table.classes[row] === each).length;
        sum += Math.abs(found - shares(table)[part]! * size);
      }
    }
    return sum;
  };
  const sum = (stratified: boolean) => tables.reduce((all, table) => all + distance(table, stratified), 0);
  expect(sum(true)).toBeLessThan(0.7 * sum(false));
});

test('the same seed gives the same parts, another seed others, and the order of the rows has no say', () => {
  const [, table] = tables;
  expect(divide(table!, true)).toEqual(divide(table!, true));
  expect(divide(table!, true)).not.toEqual(divide(table!, true, 99));
  // Rows turned round and groups numbered the other way: each person stays where they were.
  const last = table!.names.length - 1;
  const turned: Table = {
    ...table!,
    classes: table!.classes.slice().reverse(),
    codes: table!.codes.map((code) => last - code).reverse(),
    names: [...table!.names].reverse(),
  };
  expect(divide(turned, true).reverse()).toEqual(divide(table!, true));
});

test('as many groups as parts fill every part, fewer are refused', () => {
  const divideFew = (codes: number[], column: string | null) =>
    assignParts(grouped(1, 0.15, 0.15, true), {
      classes: new Int32Array(codes.length),
      classCount: 1,
      given: null,
      order: null,
      groups: { column, codes: Int32Array.from(codes), names: ['a', 'b', 'c'] },
    });
  expect(new Set(divideFew([0, 0, 0, 1, 1, 1, 2, 2, 2], 'person'))).toEqual(new Set([TRAINING, VALIDATION, TEST]));
  const refusal = (column: string | null) => {
    try {
      divideFew([0, 0, 1, 1], column);
    } catch (error) {
      return error instanceof CodedError ? [error.code, error.parameters] : error;
    }
  };
  expect(refusal('person')).toEqual(['split-groups-too-few', { column: 'person', groups: 2, parts: 3 }]);
  expect(refusal(null)).toEqual(['split-duplicates-too-few', { groups: 2, parts: 3 }]);
});
