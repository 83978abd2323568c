/** The task over ratings: which columns it takes, as what, and that its networks follow what is known beside the ratings. */
import { expect, test } from 'vitest';
import type { Column, Target } from '../../contract';
import { checkNetwork, ratingOrder, tasks, tasksFor } from '../index';

const task = tasks.get('recommendation');
const column = (name: string, type: Column['type'], distinct = 500): Column => ({
  ...{ name, type, distinct, examples: ['1'], missing: 0 },
  ...{ statistics: null, histogram: [], categories: [], image: null },
});
const target = column('rating', 'number', 5);
const number: Target = { kind: 'number', unit: null };

test('identities in numbers are categories, times are left out, few numbers and words are codes', () => {
  const columns = [
    column('timestamp', 'number', 40_000),
    column('movieId', 'number'),
    target,
    column('userId', 'number'),
    column('title', 'text'),
    column('age', 'number', 60),
    column('gender', 'category', 2),
  ];
  expect(tasksFor({ columns }, 'rating')[0]?.id).toBe('recommendation');
  expect(task.startingTypes?.(columns, 'rating')).toEqual({
    timestamp: 'ignored',
    movieId: 'category',
    userId: 'category',
    age: 'category',
  });
  const steps = task.startingSteps?.(columns, 'rating') ?? {};
  const kinds = Object.entries(steps).map(([name, [first]]) => [name, first?.type]);
  expect(Object.fromEntries(kinds)).toEqual({
    ...{ movieId: 'category-index', userId: 'category-index', age: 'category-index', gender: 'category-index' },
    title: 'tokens',
  });
  expect(ratingOrder(columns.filter(({ name }) => name !== 'rating')).map(({ name }) => name)).toEqual([
    ...['userId', 'movieId', 'timestamp', 'title', 'age', 'gender'],
  ]);
});

test('it takes a number of a user and an item, and neither classes nor other tables', () => {
  const both = [column('用户', 'category'), column('电影', 'text')];
  expect(task.fits([...both, target], target)).toBe(true);
  expect(task.fits([...both, { ...target, type: 'category' }], { ...target, type: 'category' })).toBe(false);
  expect(task.fits([column('user', 'text'), column('age', 'number'), target], target)).toBe(false);
});

test('without anything beside the ratings the network is the collaborative one, with features the hybrid', () => {
  const facts = { codes: 2500, rows: 80_000 };
  expect(task.defaultNetwork([2], number, facts)).toEqual(task.presets.balanced([2], number, facts));
  expect(task.defaultNetwork([9], number, facts)).toEqual(task.presets.accurate([9], number, facts));
  // What is known beside the ratings adds no weight to the tiny network: only its table is longer.
  const counts = [2, 9].map(
    (steps) => checkNetwork(task.presets.tiny([steps], number, facts), [steps], 1, 2500).trainable,
  );
  expect(counts).toEqual([2500 * 9, 2500 * 9]);
});

test('fewer ratings hold the table smaller', () => {
  const l2 = (rows: number) => Number(task.presets.tiny([2], number, { codes: 99, rows }).layers[0]?.fields['l2']);
  expect(l2(1000)).toBeGreaterThan(10 * l2(80_000));
});
