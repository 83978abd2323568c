/** What is read off a thousand trials: the best so far, what is drawn, the table's order; and that it takes no time to speak of. */
import { expect, test } from 'vitest';
import type { Search, Trial } from '../../../../src-main/contract';
import { mergedTrials } from '../../../state/trial-list';
import { curvesOf, mostCurves } from './trial-curves';
import { bestSoFar, drawnTrials, secondsLeft, shades, shareSpent } from './trial-figures';
import { sortTrials, type TrialColumn } from './trial-table';

function trial(number: number, value: number | null, more: Partial<Trial> = {}): Trial {
  const curve = value === null ? [] : [value / 2, value];
  return { number, value, curve, state: 'finished', values: {}, measures: {}, seconds: 2, error: null, ...more };
}
const thousand = Array.from({ length: 1000 }, (_, at) =>
  trial(at + 1, Math.sin(at) ** 2, {
    curve: Array.from({ length: 30 }, (_, epoch) => Math.sin(at) ** 2 * (epoch / 30)),
    state: at % 3 === 0 ? 'pruned' : 'finished',
    values: { 'settings.learningRate': 10 ** -(1 + (at % 40) / 10), optimizer: at % 2 ? 'adam' : 'sgd' },
  }),
);
const number: TrialColumn = {
  ...{ id: 'value', label: '', help: '', isNumeric: true, format: String },
  read: ({ value }) => value,
};

test('the best so far never becomes worse, and what failed or is above a limit is no best', () => {
  const trials = [
    ...[trial(1, 0.5), trial(2, 0.9, { state: 'failed' }), trial(3, 0.4), trial(4, 0.7), trial(5, null)],
    trial(6, 0.99, { measures: { parameters: 1001 } }),
  ];
  const limits = [{ measure: 'parameters' as const, most: 1000 }];
  expect(
    bestSoFar({ metric: 'accuracy', limits }, trials).map(({ trial, best, seconds }) => [trial, best, seconds]),
  ).toEqual([
    [1, 0.5, 2],
    [3, 0.5, 6],
    [4, 0.7, 8],
  ]);
  expect(bestSoFar({ metric: 'loss', limits }, trials).map(({ best }) => best)).toEqual([0.5, 0.4, 0.4]);
});

test('what is spent and what is left go by the part of the budget that ends first', () => {
  const counts = { running: 1, finished: 3, pruned: 1, failed: 0, interrupted: 0 };
  const search = (minutes: number | null, trials: number | null) =>
    ({ counts, seconds: 60, plan: { budget: { minutes, trials } } }) as unknown as Search;
  expect(shareSpent(search(2, 40))).toBe(0.5);
  expect(secondsLeft(search(2, 40))).toBe(60);
  expect(shareSpent(search(60, 5))).toBe(0.8);
  expect(secondsLeft(search(null, 5))).toBe(15);
  expect(secondsLeft(search(1, null))).toBe(0);
});

test('of too many trials the best are drawn, and others over the whole time', () => {
  const drawn = drawnTrials(thousand, 'higher', 200);
  expect(drawn).toHaveLength(200);
  const best = Math.max(...thousand.map(({ value }) => value ?? 0));
  expect(drawn.some(({ value }) => value === best)).toBe(true);
  expect(drawn.some(({ number }) => number < 50) && drawn.some(({ number }) => number > 950)).toBe(true);
  expect(drawnTrials(thousand.slice(0, 5), 'higher', 200)).toHaveLength(5);
});

test('shades go from the worst fifth to the best, equals alike', () => {
  const found = shades([trial(1, 0.1), trial(2, 0.9), trial(3, null), trial(4, 0.5), trial(5, 0.9)], 'higher');
  expect(Object.fromEntries(found)).toEqual({ 1: 1, 2: 5, 4: 2, 5: 5 });
});

test('the best curve, the chosen one and those that run always stand out', () => {
  const trials = [...thousand, trial(1001, 0.2, { state: 'running' })];
  const series = curvesOf(trials, { best: 500, chosen: 7 }, String);
  expect(series.filter(({ faint }) => !faint).map(({ key }) => key)).toEqual(['7', '500', '1001']);
  expect(series).toHaveLength(mostCurves + 3);
  // A pruned trial's curve ends where it was pruned.
  expect(
    curvesOf([trial(1, 0.4, { curve: [0.1, 0.4], state: 'pruned' })], { best: null, chosen: 1 }, String)[0]?.points,
  ).toEqual([
    { x: 1, y: 0.1 },
    { x: 2, y: 0.4 },
  ]);
});

test('rows without a value come last, either way up', () => {
  const rows = [trial(1, null), trial(2, 0.2), trial(3, 0.8)];
  const numbers = (descending: boolean) =>
    sortTrials(rows, [number], { column: 'value', descending }).map((one) => one.number);
  expect(numbers(true)).toEqual([3, 2, 1]);
  expect(numbers(false)).toEqual([2, 3, 1]);
});

test('a thousand trials are taken in and read off well within a task of 50 ms', () => {
  const changed = [trial(1000, 0.5), trial(1001, 0.6)];
  const start = performance.now();
  const trials = mergedTrials(thousand, changed);
  bestSoFar({ metric: 'accuracy', limits: [] }, trials);
  shades(trials, 'higher');
  drawnTrials(trials, 'higher', 200);
  curvesOf(trials, { best: 3, chosen: null }, String);
  sortTrials(trials, [number], { column: 'value', descending: true });
  expect(performance.now() - start).toBeLessThan(50);
  expect(trials).toHaveLength(1001);
  expect(trials[4]).toBe(thousand[4]);
});
