/** Edits of a split: another kind keeps what both have, columns suggest themselves, repairs only where they are possible. */
import { describe, expect, test } from 'vitest';
import type { Column, ColumnType, DataSetup, DatasetVersion, Split } from '../../../src-main/contract';
import {
  canKeepTogether,
  drawnParts,
  givenSources,
  givenValues,
  isPossible,
  kindOf,
  splitAdvice,
  suggestedSplit,
  withDuplicates,
  withGivenValue,
  withSplitColumn,
  withSplitKind,
} from './split-edits';

function column(name: string, type: ColumnType, distinct: number, categories: string[] = []): Column {
  const empty = { missing: 0, examples: [], statistics: null, histogram: [], image: null };
  return { name, type, distinct, ...empty, categories: categories.map((value) => ({ value, count: 10 })) };
}
const columns = [
  column('Patient ID', 'category', 40),
  column('visited', 'date', 200),
  column('lot', 'category', 3, ['x', 'Train', 'TEST']),
  column('pulse', 'number', 80),
  column('ill', 'category', 2, ['yes', 'no']),
];
const version = { columns, rowCount: 240, hasGivenSplit: false } as unknown as DatasetVersion;
const random: Split = { kind: 'random', seed: 7, validation: 0.15, test: 0.1, stratified: true };
const setup = (split: Split): DataSetup => ({ versionId: 'v', task: 't', target: 'ill', types: {}, split });

test('names what is wrong', () => {
  const both = { validation: true, test: true };
  expect(splitAdvice(random, both)).toEqual([]);
  expect(splitAdvice({ ...random, validation: 0.5, test: 0.41 }, both)).toEqual(['shares-too-large']);
  expect(splitAdvice({ ...random, validation: 0.45, test: 0.45 }, both)).toEqual([]);
  expect(splitAdvice({ ...random, validation: 0, test: 0 }, both)).toEqual(['no-validation', 'no-test']);
  expect(splitAdvice({ ...random, validation: 0, test: 0 }, { validation: false, test: false })).toEqual([]);
});

describe('another kind', () => {
  test('keeps seed and shares, and takes the column that suggests itself', () => {
    expect(withSplitKind(version, setup(random), 'given')).toEqual({
      kind: 'given',
      seed: 7,
      validation: 0.15,
      test: 0.1,
      stratified: true,
      ownValidation: true,
    });
    const grouped = withSplitKind(version, setup(random), 'grouped');
    expect(grouped).toEqual({ ...random, kind: 'grouped', column: 'Patient ID' });
    const ordered = withSplitKind(version, setup(grouped), 'ordered');
    expect(ordered).toEqual({ kind: 'ordered', column: 'visited', validation: 0.15, test: 0.1 });
    expect(kindOf(withSplitKind(version, setup(ordered), 'column'))).toBe('column');
    expect(withSplitKind(version, setup(grouped), 'random')).toEqual(random);
  });
  test('is only possible where the data has what it needs', () => {
    expect(isPossible(version, 'ill', 'given')).toBe(false);
    expect(isPossible({ ...version, columns: [columns[4]!] }, 'ill', 'grouped')).toBe(false);
    expect(isPossible({ ...version, columns: [columns[4]!] }, 'ill', 'ordered')).toBe(true);
  });
  test('drops a repair that it does not know', () => {
    const together = withDuplicates(random, 'near', 'together');
    expect(withSplitKind(version, setup(together), 'grouped').duplicates).toEqual({
      alike: 'near',
      action: 'together',
    });
    expect(withSplitKind(version, setup(together), 'ordered').duplicates).toBeUndefined();
    const left = withDuplicates(random, 'exact', 'left-out');
    expect(withSplitKind(version, setup(left), 'ordered').duplicates).toEqual({ alike: 'exact', action: 'left-out' });
  });
});

test('repairs: together only where rows are drawn, and taken back whole', () => {
  const ordered: Split = { kind: 'ordered', column: null, validation: 0.1, test: 0.1 };
  expect(canKeepTogether(ordered)).toBe(false);
  expect(withDuplicates(ordered, 'near', 'together')).toBe(ordered);
  expect(withDuplicates(withDuplicates(random, 'near', 'left-out'), 'near', null)).toEqual(random);
});

test('values of a column that names parts: known words, what is said, and forgotten with the column', () => {
  const given: Split = { kind: 'given', seed: 1, validation: 0.1, stratified: true, column: 'lot' };
  const partsOf = (split: Split) => givenValues(version, split).map(({ part }) => part);
  expect(partsOf(given)).toEqual([null, 'training', 'test']);
  expect(drawnParts(version, given, null)).toEqual({ validation: true, test: false });
  const said = withGivenValue(given, 'x', 'validation');
  expect(partsOf(said)).toEqual(['validation', 'training', 'test']);
  expect(drawnParts(version, said, null)).toEqual({ validation: false, test: false });
  expect(withSplitColumn(said, 'pulse')).toEqual({ ...given, column: 'pulse' });
});

describe("the data's own parts", () => {
  const own: Split = { kind: 'given', seed: 1, validation: 0.1, test: 0.2, stratified: true, ownValidation: true };
  const kept: Split = { kind: 'given', seed: 1, validation: 0.1, stratified: true };
  const drawn = (split: Split, given: { training: number; validation: number; test: number }) => ({
    asked: drawnParts(version, split, given),
    told: givenSources(split, given).map((source) => [source.named, source.drawn]),
  });
  test('are told part by part, with what is drawn for lack of them', () => {
    expect(drawn(own, { training: 90, validation: 20, test: 10 })).toEqual({
      asked: { validation: false, test: false },
      told: [[90, null], [20, null], [10, null]], // prettier-ignore
    });
    expect(drawn(own, { training: 90, validation: 20, test: 0 })).toEqual({
      asked: { validation: false, test: true },
      told: [[90, null], [20, null], [0, 0.2]], // prettier-ignore
    });
  });
  test('a kept split divides rows named for validation like those for training', () => {
    expect(drawn(kept, { training: 90, validation: 20, test: 10 })).toEqual({
      asked: { validation: true, test: false },
      told: [[110, null], [20, 0.1], [10, null]], // prettier-ignore
    });
  });
});

test('what the data suggests is proposed once, to those who divide at random', () => {
  expect(suggestedSplit(version, setup(random))).toMatchObject({ kind: 'grouped', column: 'Patient ID' });
  expect(suggestedSplit(version, setup({ kind: 'ordered', column: null, validation: 0.1, test: 0.1 }))).toBeNull();
});
