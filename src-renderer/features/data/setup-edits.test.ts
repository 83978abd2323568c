/** Edits of a setup: the task follows the target, corrected types are kept only where they differ, bad splits are named. */
import { describe, expect, test } from 'vitest';
import type { Column, ColumnType, DatasetVersion, Split } from '../../../src-main/contract';
import { columnsOf, splitAdvice, typesFor, withSplitKind, withTarget, withType } from './setup-edits';

function column(name: string, type: ColumnType): Column {
  const empty = { missing: 0, distinct: 3, examples: [], statistics: null, histogram: [], categories: [], image: null };
  return { name, type, ...empty };
}
const version: DatasetVersion = {
  id: 'v1',
  datasetId: 'd1',
  datasetName: 'Flowers',
  number: 1,
  createdAt: 0,
  rowCount: 150,
  columns: [column('length', 'number'), column('width', 'number'), column('species', 'category')],
  hasGivenSplit: false,
  proposed: null,
  bytes: 1,
  source: { kind: 'csv', name: 'flowers.csv', sha256: '' },
  notes: [],
};
const random: Split = { kind: 'random', seed: 1, validation: 0.15, test: 0.15, stratified: true };

describe('target and types', () => {
  test('a category makes it classification, a number regression', () => {
    expect(withTarget(version, null, 'species')?.task).toBe('table-classification');
    expect(withTarget(version, null, 'length')?.task).toBe('table-regression');
    expect(withTarget(version, null, 'absent')).toBeNull();
  });
  test('a type is kept only where it differs from what was found', () => {
    const setup = withTarget(version, null, 'species')!;
    const changed = withType(version, setup, 'width', 'category')!;
    expect(changed.types).toEqual({ width: 'category' });
    expect(columnsOf(version, changed).map((one) => one.type)).toEqual(['number', 'category', 'category']);
    expect(withType(version, changed, 'width', 'number')?.types).toEqual({});
  });
  test('a change that leaves no task is refused', () => {
    const setup = withTarget(version, null, 'species')!;
    expect(withType(version, setup, 'species', 'ignored')).toBeNull();
  });
  test('pictures stay pictures', () => {
    expect(typesFor('image')).toEqual(['image', 'ignored']);
  });
});

describe('splits', () => {
  test('names what is wrong', () => {
    expect(splitAdvice(random)).toEqual([]);
    expect(splitAdvice({ ...random, validation: 0.5, test: 0.41 })).toEqual(['shares-too-large']);
    expect(splitAdvice({ ...random, validation: 0.45, test: 0.45 })).toEqual([]);
    expect(splitAdvice({ ...random, validation: 0, test: 0 })).toEqual(['no-validation', 'no-test']);
  });
  test('another kind keeps seed and shares', () => {
    expect(withSplitKind({ ...random, seed: 7 }, 'given')).toEqual({
      kind: 'given',
      seed: 7,
      validation: 0.15,
      stratified: true,
    });
  });
});
