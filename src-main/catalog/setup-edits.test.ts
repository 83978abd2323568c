/** Edits of a setup: the task follows the target, corrected types are kept only where they differ. */
import { describe, expect, test } from 'vitest';
import type { Column, ColumnType, DatasetVersion } from '../contract';
import { tasks, textColumn } from './index';
import {
  columnsOf,
  tasksOf,
  typesFor,
  weightChoices,
  withTarget,
  withTask,
  withText,
  withType,
  withWeight,
} from './setup-edits';

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
  test('a task that reads numbers as names says so, and what a person corrected stays', () => {
    const columns = ['user', 'book', 'rating', 'time'].map((name) => ({ ...column(name, 'number'), distinct: 500 }));
    const ratings = { ...version, columns };
    const setup = withTarget(ratings, null, 'time')!;
    const chosen = withTask(ratings, { ...setup, types: { time: 'text' } }, tasks.get('recommendation'));
    expect(chosen.types).toEqual({ user: 'category', book: 'category', rating: 'ignored', time: 'text' });
    const other = withTarget(ratings, null, 'rating')!;
    expect(other).toMatchObject({ task: 'recommendation', types: { user: 'category', time: 'ignored' } });
    expect(other.steps).toMatchObject({ user: [{ type: 'category-index' }], book: [{ type: 'category-index' }] });
  });
  test('pictures stay pictures', () => {
    expect(typesFor('image')).toEqual(['image', 'ignored']);
  });
});

describe('the weight of rows', () => {
  test('stays with other changes, and goes where it becomes the target or is taken off', () => {
    const setup = withTarget(version, null, 'species')!;
    const weighted = withWeight(version, setup, 'width')!;
    expect(weighted).toEqual({ ...setup, weightColumn: 'width' });
    expect(withType(version, weighted, 'length', 'category')?.weightColumn).toBe('width');
    expect(withTarget(version, weighted, 'width')).toEqual(withTarget(version, null, 'width'));
    expect(withWeight(version, weighted, null)).toEqual(setup);
  });
  test('is a column of numbers, none of them missing or below 0', () => {
    const spread = (minimum: number) => ({ minimum, maximum: 5, mean: 1, standardDeviation: 1 });
    const columns = [
      { ...column('count', 'number'), statistics: spread(0) },
      { ...column('gaps', 'number'), statistics: spread(1), missing: 2 },
      { ...column('change', 'number'), statistics: spread(-1) },
      column('species', 'category'),
    ];
    expect(weightChoices({ ...version, columns }, { types: {}, target: 'species' })).toEqual([
      { name: 'count', unfit: null },
      { name: 'gaps', unfit: 'gaps' },
      { name: 'change', unfit: 'negative' },
    ]);
  });
  test('is no input: what is left must do', () => {
    const columns = [column('count', 'number'), column('species', 'category')];
    const small = { ...version, columns };
    expect(withWeight(small, withTarget(small, null, 'species')!, 'count')).toBeNull();
  });
});

describe('texts', () => {
  const prose = (name: string) => ({ ...column(name, 'text'), examples: [`the ${name} of a long and happy day`] });
  const columns = [prose('title'), prose('whole story'), column('mood', 'category')];
  const texts = { ...version, columns };
  const setup = withTarget(texts, null, 'mood')!;
  const learnt = (over: typeof setup) => textColumn(columnsOf(texts, over), over)?.name;

  test('the longest are learnt from, or those that are chosen, or those that are left', () => {
    expect(setup.task).toBe('text-classification');
    expect(learnt(setup)).toBe('whole story');
    const chosen = withText(texts, setup, 'title');
    expect(chosen.steps).toMatchObject({ title: [{ type: 'tokens' }], 'whole story': [] });
    expect(learnt(chosen)).toBe('title');
    expect(learnt(withType(texts, setup, 'whole story', 'ignored')!)).toBe('title');
  });

  test('another task has its own steps, and stays when a type is corrected', () => {
    expect(tasksOf(texts, setup).map(({ id }) => id)).toEqual([
      'text-classification',
      'table-classification',
      'table-anomaly',
    ]);
    const rows = withTask(texts, setup, tasks.get('table-classification'));
    expect(rows.steps?.['title']).toEqual([{ type: 'tokens', fields: {} }]);
    expect(withType(texts, rows, 'title', 'ignored')?.task).toBe('table-classification');
    expect(withTask(texts, rows, tasks.get('text-classification'))).toEqual(setup);
  });
});
