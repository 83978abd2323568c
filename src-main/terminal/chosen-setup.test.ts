/** What is to be predicted from what, as a person types it over what the project has. */
import { expect, test } from 'vitest';
import type { Column, ColumnType, DatasetVersion } from '../contract';
import { withGoal } from './chosen-setup';

function column(name: string, type: ColumnType, distinct: number): Column {
  return {
    name,
    type,
    distinct,
    missing: 0,
    examples: [],
    statistics: null,
    histogram: [],
    categories: [],
    image: null,
  };
}
const version: DatasetVersion = {
  id: 'v1',
  datasetId: 'd1',
  datasetName: 'stocks',
  number: 1,
  createdAt: 0,
  rowCount: 560,
  columns: [column('symbol', 'category', 5), column('date', 'date', 123), column('price', 'number', 549)],
  hasGivenSplit: false,
  proposed: null,
  bytes: 1,
  source: { kind: 'csv', name: 'stocks.csv', sha256: '' },
  notes: [],
};
const begun = withGoal(version, null, { target: 'symbol' });

test('another target brings the task that it is for, and a task its own beginnings', () => {
  expect(begun).toMatchObject({ target: 'symbol', task: 'table-classification' });
  expect(withGoal(version, begun, { target: 'price' })).toMatchObject({ target: 'price', task: 'table-regression' });
  expect(withGoal(version, begun, { target: 'price', task: 'series-forecasting' })).toMatchObject({
    ...{ target: 'price', task: 'series-forecasting' },
    ...{ split: { kind: 'ordered', column: 'date' }, forecast: { time: 'date', series: null } },
  });
  expect(withGoal(version, begun, { target: 'symbol' })).toBe(begun);
});

test('a task that needs no target is not held up by one', () => {
  const prices = withGoal(version, begun, { target: 'price' });
  expect(withGoal(version, prices, { task: 'table-anomaly' })).toMatchObject({ target: '', task: 'table-anomaly' });
});

test('what cannot be is refused, with what can', () => {
  const refusal = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return error;
    }
    return null;
  };
  expect(refusal(() => withGoal(version, begun, { task: 'series-forecasting' }))).toMatchObject({
    code: 'target-unfit',
    parameters: { column: 'symbol', known: expect.stringContaining('table-classification') as string },
  });
  expect(refusal(() => withGoal(version, begun, { target: 'date' }))).toMatchObject({ code: 'target-unfit' });
  expect(refusal(() => withGoal(version, begun, { target: 'volume' }))).toMatchObject({ code: 'column-missing' });
  expect(refusal(() => withGoal(version, begun, { types: ['volume=text'] }))).toMatchObject({ code: 'column-missing' });
  for (const text of ['price=date', 'price', 'price=many'])
    expect(refusal(() => withGoal(version, begun, { types: [text] }))).toMatchObject({ code: 'argument-invalid' });
});

test('what a column holds is corrected, and the task follows', () => {
  const changed = withGoal(version, begun, { types: ['price=category', 'date=text'] });
  expect(changed.types).toEqual({ price: 'category', date: 'text' });
  expect(withGoal(version, changed, { types: ['price=number'] }).types).toEqual({ date: 'text' });
  expect(withGoal(version, changed, { target: 'price' }).task).toBe('table-classification');
  // At once with the target that stands in its way.
  expect(withGoal(version, begun, { target: 'price', types: ['symbol=text'] })).toMatchObject({
    ...{ target: 'price', types: { symbol: 'text' } },
  });
});
