/** What is said of a training before its start, rule by rule: when, and that the repair mends it. */
import { describe, expect, test } from 'vitest';
import type { DataSetup, Preflight, SplitCounts } from '../contract';
import { cautionsFor, startingSettings, type TrainingFacts } from './index';

const parts = (training: number, validation: number, test: number): SplitCounts => ({ training, validation, test });
const data: DataSetup = {
  ...{ versionId: 'v', task: 'table-classification', target: 'kind', types: {} },
  split: { kind: 'random', seed: 1, stratified: false, validation: 0.2, test: 0.2 },
};
const sound: TrainingFacts = {
  data,
  network: { layers: [{ id: 'dense-1', type: 'dense', fields: { units: 2, activation: 'linear' } }] },
  settings: startingSettings('cross-entropy', { batchSize: 32, epochs: 10 }),
  description: {
    counts: parts(600, 200, 200),
    target: { kind: 'classes', classes: ['red', 'blue'] },
    classCounts: [parts(300, 100, 100), parts(300, 100, 100)],
    ...{ inputShape: [4], codes: null, forecast: null },
  },
  preflight: null,
  room: { memory: 8e9, disk: 50e9 },
};
const measured: Preflight = {
  ...{ madeAt: 0, cached: 0, freeMemory: 8e9, freeDisk: 50e9 },
  estimate: {
    ...{ batches: 20, epochs: 10, opening: 1, closing: 1, epoch: { value: 1, low: 1, high: 1 } },
    memory: { value: 5e8, low: 4e8, high: 6e8 },
    disk: { value: 1e7, low: 1e7, high: 1e7 },
  },
};

const idsOf = (facts: TrainingFacts) => cautionsFor(facts).map(({ id }) => id);
const withSettings = (changes: Partial<TrainingFacts['settings']>): TrainingFacts => ({
  ...sound,
  settings: { ...sound.settings, ...changes },
});
const withCounts = (...classCounts: SplitCounts[]): TrainingFacts => {
  const sum = (part: keyof SplitCounts) => classCounts.reduce((total, counts) => total + counts[part], 0);
  const counts = parts(sum('training'), sum('validation'), sum('test'));
  return { ...sound, description: { ...sound.description, counts, classCounts } };
};

/** Applies the first caution's own repair. */
function mended(facts: TrainingFacts): TrainingFacts {
  const mend = cautionsFor(facts)[0]!.repair!;
  if ('settings' in mend) return { ...facts, settings: mend.settings };
  return 'data' in mend ? { ...facts, data: mend.data } : facts;
}

test('of an ordinary training there is nothing to say', () => {
  expect(idsOf(sound)).toEqual([]);
  expect(idsOf({ ...sound, preflight: measured })).toEqual([]);
});

describe('a batch', () => {
  test.each([
    [599, []],
    [600, ['batch-size']],
    [4096, ['batch-size']],
  ])('of %i rows out of 600: %j', (batchSize, expected) =>
    expect(idsOf(withSettings({ batchSize }))).toEqual(expected),
  );

  test('that is too large becomes one of which an epoch has some ten', () => {
    const after = mended(withSettings({ batchSize: 4096 }));
    expect(idsOf(after)).toEqual([]);
    expect(after.settings.batchSize).toBe(32);
  });
});

describe('a learning rate', () => {
  test.each([
    ['adam', 0.01, []],
    ['adam', 0.02, ['learning-rate']],
    ['adam', 0.00001, []],
    ['adam', 0.000001, ['learning-rate']],
    ['sgd', 0.1, []],
    ['sgd', 0.5, ['learning-rate']],
    ['adadelta', 1, []],
  ])('%s, %d: %j', (type, learningRate, expected) =>
    expect(idsOf(withSettings({ optimizer: { type, fields: {} }, learningRate }))).toEqual(expected),
  );

  test('that is unusual becomes the optimizer’s own', () => {
    const facts = withSettings({ optimizer: { type: 'sgd', fields: {} }, learningRate: 5 });
    expect(cautionsFor(facts)[0]!.text.en).toBe('A learning rate of 5 is above what is usual for SGD (0.0001 to 0.1).');
    expect(mended(facts).settings.learningRate).toBe(0.01);
  });
});

describe('a class', () => {
  test('that is missing in a part is named, and the split is asked to give it its share', () => {
    const untrained = withCounts(parts(600, 100, 100), parts(0, 100, 100));
    expect(idsOf(untrained)).toEqual(['class-not-trained']);
    expect(cautionsFor(untrained)[0]!.text).toEqual({
      en: 'No training row is of “blue”.',
      zh: '训练数据中没有 “blue”。',
    });
    expect(mended(untrained).data.split).toMatchObject({ stratified: true });
    expect(idsOf(withCounts(parts(600, 100, 100), parts(600, 0, 100)))).toEqual(['class-not-validated']);
  });

  test('without a single row is none of the person’s', () => {
    expect(idsOf(withCounts(parts(600, 100, 100), parts(0, 0, 0)))).toEqual([]);
  });
});

test('few validation rows are said to be coarse, and none to be none', () => {
  const few = withCounts(parts(300, 10, 10), parts(300, 10, 10));
  expect(idsOf(few)).toEqual(['few-validation-rows']);
  expect(cautionsFor(few)[0]!.next.en).toContain('5 points');
  expect(idsOf(withCounts(parts(300, 0, 10), parts(300, 0, 10)))).toEqual(['few-validation-rows']);

  const choices = { time: null, series: null, covariates: [], window: 24, horizon: 12, season: 12 };
  const forecast = { plan: choices, series: 1, windows: { training: 650, validation: 11, test: 11 } };
  const target = { kind: 'number' as const, unit: null };
  const [ofWindows] = cautionsFor({
    ...sound,
    description: { ...sound.description, target, classCounts: [], forecast },
  });
  expect(ofWindows?.text.en).toContain('11');
  expect(ofWindows?.next.en).not.toContain('accuracy');
});

describe('memory and disk', () => {
  const wide = { layers: [{ id: 'dense-1', type: 'dense', fields: { units: 4096, activation: 'linear' } }] };

  test('are worked out from the network before anything is measured', () => {
    const rows = withCounts(parts(50_000, 100, 100), parts(50_000, 100, 100));
    const facts = { ...rows, network: wide, settings: { ...sound.settings, batchSize: 65_536 } };
    // 65,536 rows × 4,096 outputs × 4 bytes, and as much for their gradients, make 2.1 GB; the process has 0.4.
    expect(idsOf({ ...facts, room: { memory: 2.5e9, disk: 1e9 } })).toEqual(['memory']);
    expect(idsOf({ ...facts, room: { memory: 2.6e9, disk: 1e9 } })).toEqual([]);
    expect(idsOf({ ...facts, room: null })).toEqual([]);
    expect(mended({ ...facts, room: { memory: 2.5e9, disk: 1e9 } }).settings.batchSize).toBe(32_768);
  });

  test('are believed as they were measured', () => {
    expect(idsOf({ ...sound, preflight: { ...measured, freeMemory: 4.9e8 } })).toEqual(['memory']);
    expect(idsOf({ ...sound, preflight: { ...measured, freeDisk: 1.9e7 } })).toEqual(['disk']);
  });
});
