/** Best and last must not be confused, and a value that is not finite is no value. */
import { expect, test } from 'vitest';
import { tasks } from '../../../src-main/catalog';
import { bestMeasureOf, bestOf, engineOf, measures, pointsOf } from './curves';

const epochs = [0.9, 0.95, Number.NaN, 0.95, 0.93].map((accuracy, index) => ({
  epoch: index + 1,
  metrics: { loss: 1 - index / 10, 'validation.accuracy': accuracy },
  seconds: 1,
  examplesPerSecond: 1,
}));

test('the best is the first epoch that reached it', () => {
  expect(bestOf(epochs, 'validation.accuracy', 'higher')).toEqual({ value: 0.95, epoch: 2 });
  expect(bestOf(epochs, 'loss', 'lower')).toEqual({ value: 0.6, epoch: 5 });
  expect(bestOf(epochs, 'accuracy', 'higher')).toBeNull();
});

test('points leave out what is not finite', () => {
  expect(pointsOf(epochs, 'validation.accuracy').map((point) => point.x)).toEqual([1, 2, 4, 5]);
});

test('parts that were measured', () => {
  expect(measures(epochs, 'validation')).toBe(true);
  expect(measures(epochs, 'test')).toBe(false);
});

const settings = {
  ...tasks.get('table-classification').defaultSettings({ kind: 'classes', classes: ['a', 'b'] }, 100),
};
const runOf = (best: string, task = 'table-classification') => ({
  data: {
    ...{ versionId: 'v', task, target: 'kind', types: {} },
    split: { kind: 'random' as const, seed: 1, validation: 0.2, test: 0.2, stratified: true },
  },
  settings: { ...settings, watch: { ...settings.watch, best } },
});

test('the best epoch goes by the measure that the run names', () => {
  expect(bestMeasureOf(runOf('main'))).toEqual({ id: 'accuracy', better: 'higher' });
  expect(bestMeasureOf(runOf('loss'))).toEqual({ id: 'loss', better: 'lower' });
  expect(bestMeasureOf(runOf('a-later-metric'))).toBeNull();
  expect(bestMeasureOf(runOf('main', 'a-later-task'))).toBeNull();
});

test('what does the steps is known from the log before the run is read again', () => {
  const event = (code: string, parameters: Record<string, string | number>) => ({
    ...{ seq: 1, time: 1, level: 'info' as const, code },
    parameters,
  });
  const stored = { kind: 'eager' as const, reason: 'an op', recordingSeconds: null };
  expect(engineOf({ engine: null }, [])).toBeNull();
  expect(engineOf({ engine: stored }, [])).toEqual(stored);
  expect(engineOf({ engine: null }, [event('step-compiled', { seconds: 0.3 })])).toMatchObject({
    kind: 'compiled',
    recordingSeconds: 0.3,
  });
  expect(engineOf({ engine: null }, [event('step-eager', { reason: 'an op' })])).toEqual(stored);
});
