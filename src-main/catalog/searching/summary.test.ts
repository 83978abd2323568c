/** What a search came to, as facts: those there are, in their order, and none that is not. */
import { expect, test } from 'vitest';
import type { Search, Trial } from '../../contract';
import { searchSummary } from './summary';

const trial = (number: number, value: number | null, state: Trial['state'] = 'finished'): Trial => {
  const curve = value === null ? [] : [value];
  return { number, state, values: { rate: number / 10 }, curve, value, measures: {}, seconds: 1, error: null };
};
const trials = [trial(1, 0.5), trial(2, 0.9), trial(3, 0.7), trial(4, 0.1, 'pruned'), trial(5, null, 'failed')];
const together = { runId: 'c', members: [2, 3], value: 0.95, alone: 0.9 };
const search = {
  ...{ best: 2, seconds: 61, runIds: ['a', 'b'] },
  plan: { metric: 'accuracy', parameters: [{ path: 'rate' }] },
  counts: { running: 0, finished: 3, pruned: 1, failed: 1, interrupted: 0 },
  outcome: { ended: 'trials', front: [], together, verdicts: [] },
} as unknown as Search;
const run = (id: string, accuracy: number) => ({ id, test: { accuracy, 'baseline.accuracy': 0.4 } });

test('all that is known, in its order; fields that hardly mattered are left out', () => {
  const runs = [run('a', 0.8), run('b', 0.85), run('c', 0.9)];
  const importance = [
    { path: 'rate', share: 0.9 },
    { path: 'units', share: 0.05 },
  ] as unknown as Parameters<typeof searchSummary>[3];
  expect(searchSummary(search, trials, runs, importance)).toEqual([
    { code: 'tried', count: 5, seconds: 61, fields: 1 },
    { code: 'pruned', count: 1 },
    { code: 'failed', count: 1 },
    { code: 'ended', why: 'trials' },
    { code: 'best', number: 2, value: 0.9, median: 0.7 },
    { code: 'mattered', fields: [{ path: 'rate', value: 0.2 }] },
    { code: 'remade', count: 2, test: { low: 0.8, high: 0.85 } },
    { code: 'together', members: [2, 3], value: 0.95, alone: 0.9, test: 0.9 },
    { code: 'constant', value: 0.4 },
  ]);
});

test('without an answer it says so, and of too few whole trials there is no middle', () => {
  const none = { ...search, best: null, runIds: [], outcome: null };
  expect(searchSummary(none, [], [], []).map(({ code }) => code)).toEqual(['tried', 'pruned', 'failed', 'nothing']);
  const few = searchSummary(search, trials.slice(0, 2), [], []).find(({ code }) => code === 'best');
  expect(few).toMatchObject({ median: null });
});
