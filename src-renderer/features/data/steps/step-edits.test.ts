/** Edits of steps: what can be added goes where it fits, and no edit leaves steps that cannot stand together. */
import { describe, expect, test } from 'vitest';
import { stepsFit, withSteps } from '../../../../src-main/catalog';
import type { ColumnType, DataSetup, Step } from '../../../../src-main/contract';
import { addableSteps, hasOwnSteps, moved, stepsOf, withField, without } from './step-edits';

const step = (type: string): Step => ({ type, fields: {} });
const ids = (steps: readonly Step[] | null) => steps?.map(({ type }) => type) ?? null;
const setup: DataSetup = {
  versionId: 'v1',
  task: 'table-classification',
  target: 'kind',
  types: {},
  split: { kind: 'random', seed: 1, validation: 0.15, test: 0.15, stratified: true },
};
const added = (steps: readonly Step[], type: ColumnType, id: string) =>
  addableSteps(steps, type).find(({ definition }) => definition.id === id);

test('a column has the steps of its type until others are chosen, and has them again afterwards', () => {
  const column = { name: 'price', type: 'number' } as const;
  expect(ids(stepsOf(setup, column))).toEqual(['standardize', 'impute']);
  const changed = withSteps(setup, 'price', [step('log')]);
  expect(ids(stepsOf(changed, column))).toEqual(['log']);
  expect(ids(stepsOf(withSteps(changed, 'price', []), column))).toEqual([]);
  expect(hasOwnSteps(changed, 'price')).toBe(true);
  expect(withSteps(changed, 'price', null)).toEqual(setup);
  expect(hasOwnSteps(setup, 'constructor')).toBe(false);
  const both = withSteps(changed, 'size', [step('min-max')]);
  expect(Object.keys(withSteps(both, 'price', null).steps!)).toEqual(['size']);
});

describe('adding', () => {
  test('goes as late as it fits', () => {
    expect(ids(added([step('log')], 'number', 'min-max')!.steps)).toEqual(['log', 'min-max']);
    const filled = added([step('one-hot')], 'category', 'impute-category')!;
    expect(ids(filled.steps)).toEqual(['impute-category', 'one-hot']);
    expect(filled.replaces).toBeNull();
  });

  test('takes the place of a step that makes the same of the column', () => {
    const index = added([step('impute-category'), step('one-hot'), step('standardize')], 'category', 'category-index')!;
    expect(ids(index.steps)).toEqual(['impute-category', 'category-index', 'standardize']);
    expect(index).toMatchObject({ replaces: 'one-hot', place: 1 });
  });

  test('offers only what suits the type and fits', () => {
    expect(added([], 'number', 'one-hot')).toBeUndefined();
    expect(added([], 'text', 'tokens')).toBeDefined();
    for (const type of ['number', 'category', 'text', 'date'] as const) {
      for (const { steps } of addableSteps([], type)) expect(stepsFit(steps, type)).toBe(true);
    }
  });
});

test('moving and removing never leave steps that do not fit together', () => {
  const chosen = [step('impute-category'), step('one-hot'), step('standardize')];
  expect(moved(chosen, 'category', 1, 0)).toBeNull();
  expect(moved(chosen, 'category', 0, -1)).toBeNull();
  expect(without(chosen, 'category', 1)).toBeNull();
  expect(ids(without(chosen, 'category', 0))).toEqual(['one-hot', 'standardize']);
  expect(ids(moved([step('log'), step('min-max')], 'number', 1, 0))).toEqual(['min-max', 'log']);
});

test('a field is set on its step alone', () => {
  const next = withField([step('impute'), step('impute')], 1, 'strategy', 'median');
  expect(next.map(({ fields }) => fields)).toEqual([{}, { strategy: 'median' }]);
});
