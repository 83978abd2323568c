/** What a query of runs finds, and what it says where it cannot be read. */
import { describe, expect, test } from 'vitest';
import { noTimes, settingDefaults, type RunSummary, type TrainingSettings } from '../../contract';
import { RunFieldNames, runFields, runValues, type RunField } from '../index';
import { completeRunQuery, describeQueryProblem, parseRunQuery } from './index';

const settings: TrainingSettings = {
  loss: 'cross-entropy',
  optimizer: { type: 'adam', fields: {} },
  learningRate: 0.001,
  batchSize: 128,
  epochs: 20,
  earlyStopping: { enabled: false, patience: 3, restoreBest: true },
  seed: 1,
  measureTest: false,
  ...settingDefaults,
};
const now = new Date(2026, 5, 15, 12).getTime();

function run(name: string, change: Partial<RunSummary> = {}, set: Partial<TrainingSettings> = {}): RunSummary {
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
    parameterCount: 235_146,
    createdAt: now,
    startedAt: now,
    endedAt: now + 90_000,
    epochsDone: 20,
    best: { metric: 'validation.accuracy', value: 0.9, epoch: 7 },
    last: { loss: 0.2, accuracy: 0.95, 'validation.loss': 0.4, 'validation.accuracy': 0.88 },
    test: { accuracy: 0.89, 'baseline.accuracy': 0.1 },
    bests: {
      loss: [0.2, 20],
      accuracy: [0.95, 20],
      'validation.loss': [0.35, 6],
      'validation.accuracy': [0.9, 7],
      'test.accuracy': [0.99, 3],
    },
    values: runValues({
      data: {
        versionId: 'v',
        task: 'image-classification',
        target: 'label',
        types: {},
        split: { kind: 'given', seed: 1, validation: 0.1, stratified: true },
      },
      network: { layers: [{ id: 'a', type: 'conv2d', fields: {} }] },
      settings: { ...settings, ...set },
      backend: 'tensorflow-cpu',
      engine: 'compiled',
    }),
    sparkline: [],
    times: { ...noTimes, trained: 90_000 },
    parent: null,
    ...change,
  };
}

const runs = [
  run('calm-otter', { tags: ['baseline', 'Small one'], starred: true, note: 'with dropout' }),
  run(
    'brave-heron',
    {
      best: { metric: 'validation.accuracy', value: 0.97, epoch: 12 },
      bests: { loss: [0.1, 20], 'validation.accuracy': [0.97, 12] },
      test: null,
      createdAt: new Date(2026, 0, 1, 9).getTime(),
      endedAt: now + 3_600_000,
      times: { ...noTimes, trained: 3_600_000 },
    },
    { learningRate: 0.01, optimizer: { type: 'sgd', fields: { momentum: 0.5 } }, batchSize: 32 },
  ),
  run('new-fox', {
    ...{ state: 'queued', times: { ...noTimes, queuedAt: now } },
    ...{ startedAt: null, endedAt: null, best: null, last: null, test: null, bests: {} },
  }),
];
const names = new RunFieldNames(runFields(runs));
const context = { projectName: () => 'Digits project', now };

function found(query: string): string {
  const { matches, problem } = parseRunQuery(query, names);
  expect(problem, query).toBeNull();
  return runs
    .filter((one) => matches(one, context))
    .map(({ name }) => name.split('-')[1])
    .join(' ');
}

describe('what is found', () => {
  test.each([
    ['', 'otter heron fox'],
    ['lr < 0.01', 'otter fox'],
    ['learning_rate = 1e-2', 'heron'],
    ['LR>=0.001 batch<64', 'heron'],
    ['val_acc > 0.95', 'heron'],
    ['valAcc > 90.5%', 'heron'],
    ['validation.accuracy<=0.9 and lr < 0.01', 'otter'],
    ['last.val_acc < 0.9', 'otter heron'],
    ['last_val_loss = 0.4', 'otter heron'],
    ['train_loss < 0.15', 'heron'],
    ['test.accuracy > 0.8', 'otter'],
    ['best_epoch > 7', 'heron'],
    ['optimizer = SGD or starred = yes', 'otter heron'],
    ['optimizer != adam', 'heron'],
    ['optimizer.momentum = 0.5', 'heron'],
    ['not (optimizer = sgd or state = queued)', 'otter'],
    ['not state = queued lr < 0.01', 'otter'],
    ['tag = baseline', 'otter'],
    ['tag = "small one"', 'otter'],
    ['tag != baseline', 'heron fox'],
    ['tag ~ base', 'otter'],
    ['tags = none', 'heron fox'],
    ['test = none', 'heron fox'],
    ['test != none', 'otter'],
    ['test != 0.5', 'otter heron fox'],
    ['state = Finished', 'otter heron'],
    ['state = 排队中', 'fox'],
    ['dropout', 'otter'],
    ['"calm-otter"', 'otter'],
    ['otter or heron', 'otter heron'],
    ['conv2d sgd', 'heron'],
    ["name ~ 'er' and note = none", 'heron'],
    ['seconds < 5m', 'otter'],
    ['seconds >= 1h', 'heron'],
    ['seconds = 1m30s', 'otter'],
    ['created > 2026-01-01', 'otter fox'],
    ['created >= 2026-01-01', 'otter heron fox'],
    ['created = 2026-01', 'heron'],
    ['created > 7d', 'otter fox'],
    ['created = today', 'otter fox'],
    ['created < "2026-01-01 10:00"', 'heron'],
    ['parameters > 200k', 'otter heron fox'],
    ['parameters = 235,146', 'otter heron fox'],
    ['epochs = 20 epoch = 20 layers = 1 seed = 1', 'otter heron fox'],
    ['project ~ digits dataset = digits', 'otter heron fox'],
    ['lr ≥ 0.01', 'heron'],
    ['（lr ＜ 0.01 且 state = 已完成） 或 heron', 'otter heron'],
  ])('%s', (query, expected) => expect(found(query)).toBe(expected));

  test('nothing is chosen by test rows that were measured epoch by epoch', () => {
    expect(names.all.filter(({ key }) => key.includes('test.accuracy')).map(({ key }) => key)).toEqual([
      'test.accuracy',
    ]);
  });
});

test.each([
  ['lrr < 0.01', 'field-unknown', [0, 3], 'lr'],
  ['batch_sise = 3', 'field-unknown', [0, 10], 'batchSize'],
  ['val_los < 1', 'field-unknown', [0, 7], 'validation.loss'],
  ['lr < high', 'value-number', [5, 9], undefined],
  ['seconds < soon', 'value-duration', [10, 14], undefined],
  ['created > 2026-02-31', 'value-time', [10, 20], 'today'],
  ['optimizer = adan', 'value-choice', [12, 16], 'adam'],
  ['state = done', 'value-choice', [8, 12], undefined],
  ['star = maybe', 'value-toggle', [7, 12], 'yes'],
  ['name < b', 'sign-unfit', [5, 6], '='],
  ['lr ~ 0.1', 'sign-unfit', [3, 4], '<'],
  ['lr <', 'value-missing', [4, 4], undefined],
  ['(lr < 1', 'bracket-missing', [0, 1], undefined],
  ['lr < 1)', 'bracket-spare', [6, 7], undefined],
  ['lr < 1 and', 'condition-missing', [10, 10], undefined],
  ['or x', 'condition-missing', [0, 2], undefined],
  ['name = "x', 'quote-missing', [7, 9], undefined],
  ['< 3', 'condition-missing', [0, 0], undefined],
] as const)('%s: %s', (query, code, [from, to], suggestion) => {
  const { problem, matches } = parseRunQuery(query, names);
  expect(problem).toMatchObject({ code, from, to });
  if (suggestion) expect(problem?.suggestions).toContain(suggestion);
  expect(describeQueryProblem(problem!, 'en')).not.toMatch(/[{}]/);
  expect(describeQueryProblem(problem!, 'zh')).not.toMatch(/[{}]/);
  expect(runs.every((one) => matches(one, context))).toBe(true);
});

describe('completions', () => {
  const valuesOf = (field: RunField) => (field.key === 'tag' ? ['baseline', 'Small one'] : ['adam', 'sgd']);
  /** `|` stands for the cursor. */
  const offered = (query: string) =>
    completeRunQuery(query.replace('|', ''), query.indexOf('|'), names, valuesOf).map(({ text }) => text);

  test('fields at the beginning, by any of their names or words', () => {
    expect(offered('|')).toContain('name');
    expect(offered('learn|')).toEqual(['learningRate', 'schedule']);
    expect(offered('lr|')[0]).toBe('lr');
    expect(offered('val_ac|')).toEqual(['validation.accuracy']);
    expect(offered('val_acc|')).toEqual(['validation.accuracy']);
    expect(offered('lr < 1 and batch|')[0]).toBe('batchSize');
    expect(offered('(准确|')).toContain('validation.accuracy');
  });
  test('signs after a field, values after a sign, and what joins', () => {
    expect(offered('lr |')).toEqual(['<', '<=', '>', '>=', '=']);
    expect(offered('optimizer = |')).toEqual(['adam', 'sgd']);
    expect(offered('optimizer = s|')).toEqual(['sgd']);
    expect(offered('tag = "sm|')).toEqual(['"Small one"']);
    expect(offered('star = |')).toEqual(['yes', 'no']);
    expect(offered('lr < 0.1 |')).toEqual(['and', 'or']);
  });
  test('a completion takes the place of what was typed', () => {
    expect(completeRunQuery('optimizer = sg and x', 14, names, valuesOf)[0]).toMatchObject({
      ...{ text: 'sgd', from: 12, to: 14 },
    });
  });
});

test('five thousand runs are searched in less than 100 ms', () => {
  const many = Array.from({ length: 5000 }, (_, at) => ({ ...runs[at % 3]!, id: String(at) }));
  const start = performance.now();
  const { matches } = parseRunQuery('(lr < 0.01 and val_acc > 0.5) or heron and not tag = x', names);
  expect(many.filter((one) => matches(one, context)).length).toBeGreaterThan(1000);
  expect(performance.now() - start).toBeLessThan(100);
});
