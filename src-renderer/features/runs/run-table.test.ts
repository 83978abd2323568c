/** What a person sees after sorting by a column or typing a filter. */
import { describe, expect, test } from 'vitest';
import { settingDefaults, type Run } from '../../../src-main/contract';
import { filterRuns, runSeconds, sortRuns, testValue } from './run-table';

function run(name: string, change: Partial<Run> = {}, settings: Partial<Run['settings']> = {}): Run {
  return {
    id: name,
    projectId: 'p',
    name,
    note: '',
    state: 'finished',
    data: {
      versionId: 'v',
      task: 't',
      target: 'y',
      types: {},
      split: { kind: 'given', seed: 1, validation: 0.1, stratified: true },
    },
    datasetName: 'Digits',
    network: { layers: [] },
    settings: {
      loss: 'cross-entropy',
      optimizer: { type: 'adam', fields: {} },
      learningRate: 0.001,
      batchSize: 128,
      epochs: 5,
      earlyStopping: { enabled: false, patience: 3, restoreBest: true },
      seed: 1,
      measureTest: false,
      ...settingDefaults,
      ...settings,
    },
    backend: null,
    parameterCount: null,
    engine: null,
    createdAt: 0,
    startedAt: 0,
    endedAt: 10_000,
    epochsDone: 5,
    best: null,
    last: null,
    test: null,
    error: null,
    jobId: null,
    sparkline: [],
    ...change,
  };
}
const best = (value: number) => ({ metric: 'validation.accuracy', value, epoch: 1 });
const names = (runs: readonly Run[]) => runs.map((one) => one.name);

describe('sortRuns', () => {
  const runs = [
    run('run 10', { best: best(0.9), createdAt: 1 }),
    run('run 2', { best: null, createdAt: 2 }),
    run('run 3', { best: best(0.97), createdAt: 3 }),
    run('run 4', { best: best(0.9), createdAt: 4 }),
  ];

  test('names with numbers sort as people count', () => {
    expect(names(sortRuns(runs, { column: 'name', descending: false }, 0))).toEqual([
      'run 2',
      'run 3',
      'run 4',
      'run 10',
    ]);
  });

  test('a run without a value is last both ways; equal ones are newest first', () => {
    expect(names(sortRuns(runs, { column: 'best', descending: true }, 0))).toEqual([
      'run 3',
      'run 4',
      'run 10',
      'run 2',
    ]);
    expect(names(sortRuns(runs, { column: 'best', descending: false }, 0))).toEqual([
      'run 4',
      'run 10',
      'run 3',
      'run 2',
    ]);
  });

  test('five thousand runs sort within one frame or so', () => {
    const many = Array.from({ length: 5000 }, (_, index) => run(`r${index}`, { best: best((index * 7919) % 5000) }));
    const start = performance.now();
    const sorted = sortRuns(many, { column: 'best', descending: true }, 0);
    expect(performance.now() - start).toBeLessThan(200);
    expect(sorted[0]?.best?.value).toBe(4999);
  });
});

describe('filterRuns', () => {
  const runs = [
    run('calm-otter', { note: 'baseline' }, { learningRate: 0.001 }),
    run('bold-heron', { best: best(0.975) }, { learningRate: 0.01, optimizer: { type: 'sgd', fields: {} } }),
    run('calm-wren', { state: 'failed', best: best(0.4) }, { learningRate: 0.1, batchSize: 32 }),
  ];

  test('words are looked for in name, note, state and optimizer, all of them', () => {
    expect(names(filterRuns(runs, 'CALM'))).toEqual(['calm-otter', 'calm-wren']);
    expect(names(filterRuns(runs, 'calm failed'))).toEqual(['calm-wren']);
    expect(names(filterRuns(runs, 'baseline'))).toEqual(['calm-otter']);
    expect(names(filterRuns(runs, 'sgd'))).toEqual(['bold-heron']);
  });

  test('quantities compare as numbers, alone and with words', () => {
    expect(names(filterRuns(runs, 'lr < 0.01'))).toEqual(['calm-otter']);
    expect(names(filterRuns(runs, 'lr>=0.01'))).toEqual(['bold-heron', 'calm-wren']);
    expect(names(filterRuns(runs, 'lr<=1e-2 heron'))).toEqual(['bold-heron']);
    expect(names(filterRuns(runs, 'batch = 32'))).toEqual(['calm-wren']);
  });

  test('a run without the value meets no comparison', () => {
    expect(names(filterRuns(runs, 'best > 0'))).toEqual(['bold-heron', 'calm-wren']);
  });

  test('an unknown quantity is a word, and nothing is everything', () => {
    expect(filterRuns(runs, 'constructor<1')).toEqual([]);
    expect(filterRuns(runs, '  ')).toBe(runs);
  });
});

test('test value and duration', () => {
  const tested = run('a', { best: best(0.9), test: { accuracy: 0.88, loss: 0.3 } });
  expect(testValue(tested)).toBe(0.88);
  expect(runSeconds(tested, 99_000)).toBe(10);
  expect(runSeconds({ ...tested, endedAt: null }, 99_000)).toBe(99);
  expect(runSeconds({ ...tested, startedAt: null }, 99_000)).toBeNull();
});
