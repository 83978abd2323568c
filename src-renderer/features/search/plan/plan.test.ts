/** Edits of a plan and what is wrong with it: conditions that follow, values that stay, problems beside their fields. */
import { expect, test } from 'vitest';
import type { SearchableField } from '../../../../src-main/catalog';
import type { SearchParameter, SearchPlan } from '../../../../src-main/contract';
import { conditionSources, toggled, withCondition, withField, withoutField, withRange, withSecond } from './plan-edits';
import { planProblems } from './plan-problems';

const words = { label: { en: '', zh: '' }, help: { en: '', zh: '' }, group: { en: '', zh: '' }, advanced: false };
const optimizer: SearchableField = {
  ...words,
  path: 'optimizer',
  current: 'adam',
  suggested: { kind: 'choice', values: ['adam', 'sgd', 'rmsprop'] },
  limits: { kind: 'choice', values: ['adam', 'sgd', 'rmsprop'].map((value) => ({ value, label: words.label })) },
};
const momentum: SearchableField = {
  ...words,
  path: 'optimizer.momentum',
  current: 0,
  suggested: { kind: 'number', minimum: 0, maximum: 0.99, scale: 'linear' },
  limits: { kind: 'number', minimum: 0, maximum: 1 },
  when: { path: 'optimizer', values: ['sgd', 'rmsprop'] },
};
const rate: SearchableField = {
  ...words,
  path: 'settings.learningRate',
  current: 0.001,
  suggested: { kind: 'number', minimum: 0.0001, maximum: 0.03, scale: 'log' },
  limits: { kind: 'number', minimum: 1e-7, maximum: 100 },
};
const fields = [rate, optimizer, momentum];
function planOf(...parameters: SearchParameter[]): SearchPlan {
  const pruner = { type: 'asha', fields: {} };
  const budget = { minutes: 10, trials: null };
  return { parameters, metric: 'accuracy', second: null, pruner, budget } as unknown as SearchPlan;
}
const problemOf = (plan: SearchPlan, path: string) => planProblems(plan, fields).parameters.get(path)?.code;

test('a field of some optimizers joins with the condition that it needs', () => {
  const plan = [optimizer, momentum].reduce(withField, planOf());
  expect(plan.parameters[1]?.when).toEqual({ path: 'optimizer', values: ['sgd', 'rmsprop'] });
  expect(planProblems(plan, fields).parameters.size).toBe(0);
  const always = withField(
    withRange(withField(planOf(), optimizer), 'optimizer', { kind: 'choice', values: ['sgd'] }),
    momentum,
  );
  expect(always.parameters[1]?.when).toBeUndefined();
});

test('a condition follows what it depends on, and ends with it', () => {
  const plan = [optimizer, momentum].reduce(withField, planOf());
  const narrowed = withRange(plan, 'optimizer', { kind: 'choice', values: ['adam', 'sgd'] });
  expect(narrowed.parameters[1]?.when?.values).toEqual(['sgd']);
  const times = {
    path: 'layer.a#repeat',
    range: { kind: 'integer', minimum: 0, maximum: 2, scale: 'linear' },
  } as const;
  const units = { path: 'layer.a.units', range: rate.suggested, when: { path: times.path, values: [1, 2] } };
  expect(conditionSources(planOf(times, units), units.path)).toEqual([{ path: times.path, values: [0, 1, 2] }]);
  expect(
    withRange(planOf(times, units), times.path, { ...times.range, maximum: 1 }).parameters[1]?.when?.values,
  ).toEqual([1]);
  const removed = withoutField(plan, 'optimizer');
  expect(removed.parameters).toEqual([{ path: 'optimizer.momentum', range: momentum.suggested }]);
  // Adam, which is set, has no momentum.
  expect(problemOf(removed, 'optimizer.momentum')).toBe('not-there');
  expect(problemOf(withCondition(plan, 'optimizer.momentum', null), 'optimizer.momentum')).toBe('not-always-there');
  expect(conditionSources(plan, 'optimizer')).toEqual([]);
  expect(conditionSources(plan, 'optimizer.momentum').map(({ path }) => path)).toEqual(['optimizer']);
});

test('the last value of a choice stays, numbers go up', () => {
  expect(toggled(['adam'], 'adam', ['adam', 'sgd'])).toEqual(['adam']);
  expect(toggled(['sgd'], 'adam', ['adam', 'sgd'])).toEqual(['adam', 'sgd']);
  expect(toggled([32, 128], 64, [])).toEqual([32, 64, 128]);
});

test('each problem stands beside its field', () => {
  const range = (minimum: number, maximum: number, scale: 'linear' | 'log') =>
    planOf({ path: rate.path, range: { kind: 'number', minimum, maximum, scale } });
  expect(problemOf(range(0.1, 0.01, 'log'), rate.path)).toBe('from-above-to');
  expect(problemOf(range(0, 0.01, 'log'), rate.path)).toBe('log-from-zero');
  expect(problemOf(range(0, 0.01, 'linear'), rate.path)).toBe('out-of-limits');
  expect(problemOf(range(0.001, 0.01, 'log'), rate.path)).toBeUndefined();
  expect(problemOf(planOf({ path: 'layer.gone.units', range: rate.suggested }), 'layer.gone.units')).toBe('field-gone');
  const { nothingSearched, noEnd } = planProblems({ ...planOf(), budget: { minutes: null, trials: null } }, fields);
  expect([nothingSearched, noEnd]).toEqual([true, true]);
  expect(planProblems({ ...planOf(), second: 'bytes' }, fields).secondPruned).toBe(true);
  expect(planProblems(withSecond(planOf(), 'bytes'), fields).secondPruned).toBe(false);
});
