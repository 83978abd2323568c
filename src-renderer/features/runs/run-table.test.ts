/** What a person sees after sorting by a column, grouping, or asking what differs. */
import { describe, expect, test } from 'vitest';
import { RunFieldNames, runFields, sortRuns, type RunField } from '../../../src-main/catalog';
import { noTimes, type RunSummary } from '../../../src-main/contract';
import { bestInColumn, bestOf, differingSettings, groupRuns, valuesOf } from './run-table';

function run(name: string, change: Partial<RunSummary> = {}, values: RunSummary['values'] = {}): RunSummary {
  return {
    id: name,
    projectId: 'p',
    name,
    note: '',
    state: 'finished',
    tags: [],
    starred: false,
    archived: false,
    deleted: false,
    datasetName: 'Digits',
    parameterCount: null,
    createdAt: 0,
    startedAt: 0,
    endedAt: 10_000,
    epochsDone: 5,
    best: null,
    last: null,
    test: null,
    bests: {},
    values: { optimizer: 'adam', learningRate: 0.001, ...values },
    sparkline: [],
    times: { ...noTimes, trained: 10_000 },
    parent: null,
    ...change,
  };
}
const best = (value: number, metric = 'validation.accuracy') => ({ metric, value, epoch: 1 });
const context = { projectName: () => 'Digits', now: 60_000 };
function fieldOf(runs: readonly RunSummary[], name: string): RunField {
  const field = new RunFieldNames(runFields(runs)).find(name);
  if (!field) throw new Error(name);
  return field;
}
const sorted = (runs: readonly RunSummary[], name: string, descending = false) =>
  sortRuns(runs, { field: fieldOf(runs, name), descending }, context).map((one) => one.name);

describe('sorting', () => {
  test('by a figure, those without one last in either direction', () => {
    const runs = [run('a', { best: best(0.8) }), run('b'), run('c', { best: best(0.9) })];
    expect(sorted(runs, 'best', true)).toEqual(['c', 'a', 'b']);
    expect(sorted(runs, 'best')).toEqual(['a', 'c', 'b']);
  });
  test('equal ones newest first; numbers in names by their size', () => {
    const runs = [run('run 10', { createdAt: 1 }), run('run 9', { createdAt: 2 })];
    expect(sorted(runs, 'state')).toEqual(['run 9', 'run 10']);
    expect(sorted(runs, 'name')).toEqual(['run 9', 'run 10']);
  });
  test('the time of a run that trains goes on', () => {
    const runs = [run('ended'), run('trains', { state: 'running', times: { ...noTimes, begunAt: 0 } })];
    expect(sorted(runs, 'seconds', true)).toEqual(['trains', 'ended']);
  });
  test('by tags, those without one last', () => {
    const runs = [run('a'), run('b', { tags: ['z'] }), run('c', { tags: ['a', 'z'] })];
    expect(sorted(runs, 'tag')).toEqual(['c', 'b', 'a']);
  });
});

describe('groups', () => {
  const runs = [
    run('a', { best: best(0.8) }, { optimizer: 'sgd' }),
    run('b', { best: best(0.7) }),
    run('c', { best: best(0.9) }),
    run('d'),
  ];
  test('stand in the order of their first run, with their best', () => {
    const groups = groupRuns(runs, fieldOf(runs, 'optimizer'), context);
    expect(groups.map(({ value, runs: own, best: top }) => [value, own.length, top?.name])).toEqual([
      ['sgd', 1, 'a'],
      ['adam', 3, 'c'],
    ]);
  });
  test('a loss is best when it is lowest, and different measures have no best', () => {
    const losses = [run('a', { best: best(0.8, 'validation.loss') }), run('b', { best: best(0.2, 'validation.loss') })];
    expect(bestOf(losses)?.name).toBe('b');
    expect(bestOf([...runs, ...losses])).toBeNull();
  });
});

test('the best of a column is marked by the direction of its measure, and only where several have one', () => {
  const runs = [
    run('a', { best: best(0.8), bests: { loss: [0.4, 3], accuracy: [0.8, 3] } }),
    run('b', { best: best(0.9), bests: { loss: [0.2, 2], accuracy: [0.7, 3] } }),
    run('c'),
  ];
  const of = (name: string) => bestInColumn(runs, fieldOf(runs, name), context);
  expect([of('loss'), of('accuracy'), of('best')]).toEqual([0.2, 0.8, 0.9]);
  expect(of('learningRate')).toBeNull();
  expect(bestInColumn(runs.slice(1), fieldOf(runs, 'loss'), context)).toBeNull();
});

test('settings differ where values do, or where only some have one', () => {
  const runs = [
    run('a', {}, { batchSize: 32 }),
    run('b', {}, { optimizer: 'sgd', 'optimizer.momentum': 0, batchSize: 32 }),
  ];
  expect(differingSettings(runs, runFields(runs)).map(({ key }) => key)).toEqual(['optimizer', 'optimizer.momentum']);
});

test('values are offered the most frequent first', () => {
  const runs = [run('a', { tags: ['x', 'y'] }), run('b', { tags: ['y'] })];
  expect(valuesOf(runs, fieldOf(runs, 'tag'), context)).toEqual(['y', 'x']);
});
